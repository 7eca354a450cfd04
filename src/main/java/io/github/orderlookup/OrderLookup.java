package io.github.orderlookup;

import io.github.orderlookup.camel.CamelVersion;
import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.reload.FilesReadiness;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settle.Looks;
import io.github.orderlookup.supervision.RoutesReadiness;
import io.github.orderlookup.supervision.SupervisionChecks;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * Wires the beans and the two component instances that the routes name, from the settings of the
 * Camel context. It comes with {@code routes/order-lookup.camel.yaml}, in our own main and in a
 * host alike.
 *
 * <p>Every bean has a name that begins with {@code order-lookup}. An area binds its own: {@link
 * LookupBeans}, {@link PartnerCenter}, {@link KafkaBeans}, {@link RestBeans}.
 */
public final class OrderLookup implements CamelContextAware {

    /** The registry name under which our own main puts the settings that it has read. */
    public static final String SETTINGS = "order-lookup-settings";

    /** The registry name of the check that each route is there. */
    public static final String ROUTES_READINESS = "order-lookup-routes-readiness";

    /** The registry name under which our own main puts the certificate of its REST server. */
    public static final String REST_CERTIFICATE = "order-lookup-rest-certificate";

    /** Longer than an outcome takes to be acknowledged or refused. */
    private static final Duration PUBLISHING = Duration.ofMinutes(2);

    private final Deque<Runnable> onStop = new ArrayDeque<>();
    private @Nullable CamelContext context;

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    /** Null until {@link #setCamelContext}: Spring's integration of Camel asks first. */
    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    /**
     * Reads the settings and binds the beans.
     *
     * @throws io.github.orderlookup.settings.SettingsException when settings are missing or wrong,
     *     with all errors at once
     * @throws CannotStartException when the host's Camel cannot run the routes
     */
    public void start() throws Exception {
        HostContext host = new HostContext(camel());
        Settings settings = host.settings();
        CamelVersion.check(host.camel(), settings.kafka().enabled());
        bindPlaceholders(host, settings);
        Clock wall = Clock.systemUTC();
        Clock clock = MonotonicClock.startingAt(wall);
        Supervisor supervisor = host.supervisor(clock);
        Measurement measurement = new Measurement(host, clock, wall);
        measurement.add(meters -> meters.watch(supervisor));
        Common common =
                new Common(host, settings, clock, wall, supervisor, measurement, host.tracing());
        Workers workers = startWorkers(common);
        FileWatch watched = watchFiles(common, workers);
        LookupBeans lookups = LookupBeans.bind(common, workers);
        PartnerCenter partnerCenter = bindPartnerCenter(common, workers, watched);
        if (settings.kafka().enabled()) {
            bindKafka(common, workers.threads(), partnerCenter, lookups.looks());
        }
        if (settings.kafka().enabled() || settings.rest().enabled()) {
            bindHealth(common, partnerCenter, watched);
        }
        if (settings.rest().enabled()) {
            RestBeans.bind(common, watched);
        }
        watched.start(workers.timer());
        measurement.open();
        onStop.push(measurement::close);
        dropWaitingLookupsAtStop(host.camel(), lookups.awaitLook(), partnerCenter);
    }

    private void bindPlaceholders(HostContext host, Settings settings) {
        PropertiesComponent properties = host.camel().getPropertiesComponent();
        PlaceholderDefaults defaults =
                new PlaceholderDefaults(
                        settings, host.isDescribed(settings.rest()), properties::resolveProperty);
        properties.addPropertiesSource(defaults);
        onStop.push(defaults::withdraw);
    }

    private Workers startWorkers(Common common) throws Exception {
        Workers workers =
                new Workers(
                        common.camel(),
                        common.supervisor(),
                        common.settings().lookup().maxInFlight(),
                        common.settings().partnerCenter().responseTimeout(),
                        common.settings().kafka().enabled());
        onStop.push(workers::close);
        common.bind("order-lookup-threads", workers.threads().kafka());
        return workers;
    }

    /** Of the files that hold credentials and keys: those of our own main, and what is added. */
    private FileWatch watchFiles(Common common, Workers workers) {
        FileWatch watched =
                new FileWatch(workers.threads().refusals(), common.supervisor()::onError);
        common.host().restCertificate().ifPresent(file -> watched.add(file, () -> {}));
        onStop.push(watched::close);
        common.measurement().add(meters -> meters.watch(watched));
        return watched;
    }

    private PartnerCenter bindPartnerCenter(Common common, Workers workers, FileWatch watched)
            throws Exception {
        Settings settings = common.settings();
        PartnerCenter partnerCenter =
                new PartnerCenter(
                        settings.partnerCenter(),
                        settings.lookup(),
                        common.meters(),
                        common.clock(),
                        common.wall(),
                        workers.threads(),
                        workers.timer(),
                        common.supervisor());
        onStop.push(partnerCenter::close);
        partnerCenter.bind(common.camel());
        partnerCenter.watch(watched);
        common.measurement()
                .add(
                        meters ->
                                meters.watch(
                                        partnerCenter,
                                        settings.partnerCenter(),
                                        settings.lookup()));
        return partnerCenter;
    }

    private void bindKafka(
            Common common, LookupThreads threads, PartnerCenter partnerCenter, Looks looks)
            throws Exception {
        KafkaBeans kafka =
                new KafkaBeans(
                        common.camel(),
                        common.settings().kafka(),
                        common.settings().lookup(),
                        partnerCenter.health(),
                        common.meters(),
                        common.tracing(),
                        common.clock(),
                        common.wall(),
                        threads.kafka(),
                        partnerCenter.longestLookup().plus(PUBLISHING),
                        looks,
                        common.supervisor());
        onStop.push(kafka::close);
        kafka.bind();
        common.measurement().add(meters -> meters.watch(kafka));
    }

    private void bindHealth(Common common, PartnerCenter partnerCenter, FileWatch watched) {
        CamelContext camel = common.camel();
        partnerCenter.bindReadiness(camel);
        common.bind("order-lookup-files-readiness", new FilesReadiness(watched));
        SupervisionChecks checks = new SupervisionChecks(common.supervisor(), camel.getRegistry());
        checks.open();
        onStop.push(checks::close);
        common.bind(
                ROUTES_READINESS,
                new RoutesReadiness(
                        camel,
                        ExpectedRoutes.of(common.settings(), common.isDescribed()),
                        common.measurement()::isComplete));
    }

    /** Drops lookups that wait as soon as the context stops; calls under way may end. */
    private void dropWaitingLookupsAtStop(
            CamelContext camel, AwaitLook looks, PartnerCenter partnerCenter) {
        onStop.push(looks::close);
        LifecycleStrategySupport strategy =
                new LifecycleStrategySupport() {
                    @Override
                    public void onContextStopping(CamelContext stopping) {
                        looks.close();
                        partnerCenter.close();
                    }
                };
        camel.addLifecycleStrategy(strategy);
        onStop.push(() -> camel.getLifecycleStrategies().remove(strategy));
    }

    /**
     * Stops what {@link #start} has started, in reverse order. Camel Main makes the beans of a
     * route file twice, and stops the first before it starts the second.
     */
    public void stop() {
        while (!onStop.isEmpty()) {
            onStop.pop().run();
        }
    }

    private CamelContext camel() {
        return Objects.requireNonNull(context, "no Camel context");
    }
}
