package io.github.orderlookup;

import io.github.orderlookup.camel.CamelVersion;
import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.metrics.LateMeters;
import io.github.orderlookup.metrics.MicrometerMeters;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.reload.FilesReadiness;
import io.github.orderlookup.rest.ApiKeys;
import io.github.orderlookup.rest.RestDescription;
import io.github.orderlookup.rest.RestHeaders;
import io.github.orderlookup.rest.RestRequests;
import io.github.orderlookup.rest.RestResponses;
import io.github.orderlookup.rest.console.ConsoleStats;
import io.github.orderlookup.rest.console.OrderResponses;
import io.github.orderlookup.rest.console.RestConsole;
import io.github.orderlookup.route.AnswerToCaller;
import io.github.orderlookup.route.DescribeProblem;
import io.github.orderlookup.route.LookupValue;
import io.github.orderlookup.route.OrderFormat;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.route.ValidateRequest;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settle.Looks;
import io.github.orderlookup.supervision.RoutesReadiness;
import io.github.orderlookup.supervision.SupervisionChecks;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.MonotonicClock;
import io.github.orderlookup.tracing.OpenTelemetryTracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Predicate;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * Wires the beans and the two component instances that the routes name, from the settings of the
 * Camel context. It comes with {@code routes/order-lookup.camel.yaml}, in our own main and in a
 * host alike.
 *
 * <p>Every bean that it binds has a name that begins with {@code order-lookup}. It is longer than
 * other classes as it lists all beans, in one method for each area.
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
    private @Nullable LateMeters lateMeters;
    private @Nullable Looks looks;
    private @Nullable AwaitLook awaitLook;
    private @Nullable PartnerCenter partnerCenter;
    private @Nullable KafkaBeans kafka;
    private @Nullable RestRequests rest;
    private @Nullable FileWatch files;

    /**
     * What the areas share.
     *
     * @param clock monotonic
     * @param wall for time stamps
     */
    private record Common(
            HostContext host,
            Settings settings,
            Clock clock,
            Clock wall,
            Supervisor supervisor,
            Meters meters,
            Tracing tracing) {

        CamelContext camel() {
            return host.camel();
        }

        void bind(String name, Object bean) {
            host.bind(name, bean);
        }

        boolean isDescribed() {
            return host.isDescribed(settings.rest());
        }
    }

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
        Meters meters =
                meters(host, clock, wall, measured -> watch(measured, settings, supervisor));
        Common common = new Common(host, settings, clock, wall, supervisor, meters, tracing(host));
        Workers workers = startWorkers(common);
        FileWatch watched = watchFiles(common, workers);
        bindRequestSteps(common);
        bindLooks(common, workers);
        bindPartnerCenter(common, workers, watched);
        if (settings.kafka().enabled()) {
            bindKafka(common, workers.threads());
        }
        if (settings.kafka().enabled() || settings.rest().enabled()) {
            bindHealth(common, watched);
        }
        if (settings.rest().enabled()) {
            bindRest(common, watched);
        }
        watched.start(workers.timer());
        openMeters();
        dropWaitingLookupsAtStop(host.camel());
    }

    private void bindPlaceholders(HostContext host, Settings settings) {
        PropertiesComponent properties = host.camel().getPropertiesComponent();
        PlaceholderDefaults defaults =
                new PlaceholderDefaults(
                        settings, host.isDescribed(settings.rest()), properties::resolveProperty);
        properties.addPropertiesSource(defaults);
        onStop.push(defaults::withdraw);
    }

    private Meters meters(
            HostContext host, Clock clock, Clock wall, Consumer<MicrometerMeters> watch) {
        if (!host.hasMicrometer()) {
            return Meters.NONE;
        }
        LateMeters made = new LateMeters(host.camel(), clock, wall, watch);
        lateMeters = made;
        return made;
    }

    private static Tracing tracing(HostContext host) {
        return host.hasOpenTelemetry()
                ? OpenTelemetryTracing.of(host.camel()).orElse(Tracing.OFF)
                : Tracing.OFF;
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
        files = watched;
        return watched;
    }

    private static void bindRequestSteps(Common common) {
        ValidateRequest validate =
                new ValidateRequest(
                        common.tracing(),
                        common.clock(),
                        common.wall(),
                        common.settings().kafka().waitingTopic() != null);
        DescribeProblem problems = new DescribeProblem();
        common.bind("order-lookup-validate-request", new Step(validate::open));
        common.bind("order-lookup-order-format", new OrderFormat());
        common.bind("order-lookup-verify-order", new Step(problems::check));
        common.bind("order-lookup-describe-problem", new Step(problems::describe));
        common.bind("order-lookup-answer-to-caller", new AnswerToCaller(common.meters()));
        common.bind("order-lookup-mapper", OrderJson.mapper());
    }

    private void bindLooks(Common common, Workers workers) {
        AwaitLook await =
                new AwaitLook(common.clock(), common.wall(), workers.threads(), workers.timer());
        Looks made =
                new Looks(
                        common.host().lookSchedule(),
                        common.settings().lookup().settleTimeout(),
                        common.clock(),
                        common.wall());
        looks = made;
        awaitLook = await;
        common.bind("order-lookup-begin-look", new Step(made::begin));
        common.bind("order-lookup-await-look", await);
        common.bind("order-lookup-decide-look", new Step(made::decide));
        common.bind("order-lookup-unsettled", (Predicate) made::isUnsettled);
        common.bind("order-lookup-moving", (Predicate) made::isMoving);
    }

    private void bindPartnerCenter(Common common, Workers workers, FileWatch watched)
            throws Exception {
        partnerCenter =
                new PartnerCenter(
                        common.settings().partnerCenter(),
                        common.settings().lookup(),
                        common.meters(),
                        common.clock(),
                        common.wall(),
                        workers.threads(),
                        workers.timer(),
                        common.supervisor());
        onStop.push(partnerCenter::close);
        partnerCenter.bind(common.camel());
        partnerCenter.watch(watched);
    }

    private void bindKafka(Common common, LookupThreads threads) throws Exception {
        kafka =
                new KafkaBeans(
                        common.camel(),
                        common.settings().kafka(),
                        common.settings().lookup(),
                        partnerCenter().health(),
                        common.meters(),
                        common.tracing(),
                        common.clock(),
                        common.wall(),
                        threads.kafka(),
                        partnerCenter().longestLookup().plus(PUBLISHING),
                        Objects.requireNonNull(looks, "not started"),
                        common.supervisor());
        onStop.push(kafka::close);
        kafka.bind();
    }

    private void bindHealth(Common common, FileWatch watched) {
        CamelContext camel = common.camel();
        partnerCenter().bindReadiness(camel);
        common.bind("order-lookup-files-readiness", new FilesReadiness(watched));
        SupervisionChecks checks = new SupervisionChecks(common.supervisor(), camel.getRegistry());
        checks.open();
        onStop.push(checks::close);
        common.bind(
                ROUTES_READINESS,
                new RoutesReadiness(
                        camel,
                        ExpectedRoutes.of(common.settings(), common.isDescribed()),
                        () -> isMeasured(common.host())));
    }

    private void bindRest(Common common, FileWatch watched) {
        RestSettings settings = common.settings().rest();
        ApiKeys keys = apiKeys(settings, watched);
        RestRequests requests =
                new RestRequests(keys, settings.maxWaiting(), common.tracing(), common.clock());
        rest = requests;
        common.bind("order-lookup-open-rest-request", new Step(requests::open));
        RestResponses responses = new RestResponses(common.meters());
        common.bind("order-lookup-compose-response", new Step(responses::compose));
        common.camel().addLifecycleStrategy(new RestHeaders.OnOurEndpoint());
        if (common.isDescribed()) {
            RestDescription description = new RestDescription(keys);
            common.bind("order-lookup-compose-description", new Step(description::compose));
        }
        if (settings.console()) {
            RestConsole console = new RestConsole(keys, figures(common.host()));
            common.bind("order-lookup-compose-page", new Step(console::page));
            common.bind("order-lookup-compose-file", new Step(console::file));
            common.bind(
                    "order-lookup-compose-console-response",
                    new Step(new OrderResponses(responses)::compose));
            common.bind(
                    "order-lookup-attempts",
                    new LookupValue(lookup -> Integer.toString(lookup.attempts())));
        }
    }

    private static ApiKeys apiKeys(RestSettings settings, FileWatch watched) {
        if (settings.apiKeysFile() == null) {
            return new ApiKeys(settings.apiKeys());
        }
        FileValue<List<Secret>> file = ApiKeys.file(settings.apiKeysFile());
        watched.add(file, () -> {});
        return new ApiKeys(file);
    }

    private void openMeters() {
        if (lateMeters != null) {
            lateMeters.open();
            onStop.push(lateMeters::close);
        }
    }

    /** Drops lookups that wait as soon as the context stops; calls under way may end. */
    private void dropWaitingLookupsAtStop(CamelContext camel) {
        PartnerCenter dropped = partnerCenter();
        AwaitLook looks = Objects.requireNonNull(awaitLook, "not started");
        onStop.push(looks::close);
        LifecycleStrategySupport strategy =
                new LifecycleStrategySupport() {
                    @Override
                    public void onContextStopping(CamelContext stopping) {
                        looks.close();
                        dropped.close();
                    }
                };
        camel.addLifecycleStrategy(strategy);
        onStop.push(() -> camel.getLifecycleStrategies().remove(strategy));
    }

    private void watch(MicrometerMeters measured, Settings settings, Supervisor supervisor) {
        measured.watch(supervisor);
        measured.watch(Objects.requireNonNull(awaitLook, "not started"));
        measured.watch(partnerCenter(), settings.partnerCenter(), settings.lookup());
        if (files != null) {
            measured.watch(files);
        }
        if (kafka != null) {
            measured.watch(kafka);
        }
        if (rest != null) {
            measured.watch(rest);
        }
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

    private PartnerCenter partnerCenter() {
        return Objects.requireNonNull(partnerCenter, "not started");
    }

    /** The values of the meters for the console, if Micrometer is there. */
    private static Supplier<byte[]> figures(HostContext host) {
        return host.hasMicrometer()
                ? new ConsoleStats(host.camel())
                : () -> "{\"figures\": []}".getBytes(StandardCharsets.UTF_8);
    }

    /** Meters are optional in a host and required in our own main. */
    private boolean isMeasured(HostContext host) {
        return !host.isOwnMain() || (lateMeters != null && lateMeters.isRegistered());
    }
}
