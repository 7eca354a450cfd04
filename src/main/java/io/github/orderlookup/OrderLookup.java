package io.github.orderlookup;

import io.github.orderlookup.camel.CamelVersion;
import io.github.orderlookup.camel.HostConfiguration;
import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.metrics.LateMeters;
import io.github.orderlookup.metrics.MicrometerMeters;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.rest.RestDescription;
import io.github.orderlookup.rest.RestHeaders;
import io.github.orderlookup.rest.RestRequests;
import io.github.orderlookup.rest.RestResponses;
import io.github.orderlookup.rest.console.ConsoleStats;
import io.github.orderlookup.rest.console.RestConsole;
import io.github.orderlookup.route.AnswerToCaller;
import io.github.orderlookup.route.DescribeProblem;
import io.github.orderlookup.route.LookupValue;
import io.github.orderlookup.route.OrderFormat;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.route.ValidateRequest;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.supervision.RoutesReadiness;
import io.github.orderlookup.supervision.SupervisionChecks;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.MonotonicClock;
import io.github.orderlookup.tracing.OpenTelemetryTracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * Wires the beans and the two component instances that the routes name, from the settings of the
 * Camel context. It comes with {@code routes/order-lookup.camel.yaml}, in our own main and in a
 * host alike.
 *
 * <p>Everything that it puts into the registry of a host has a name that begins with {@code
 * order-lookup}.
 */
public final class OrderLookup implements CamelContextAware {

    /** The registry name under which our own main puts the settings that it has read. */
    public static final String SETTINGS = "order-lookup-settings";

    /** The registry name of the check that each route is there. */
    public static final String ROUTES_READINESS = "order-lookup-routes-readiness";

    /** How long an outcome may take to its acknowledgement, or to be seen as refused; and more. */
    private static final Duration PUBLISHING = Duration.ofMinutes(2);

    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private @Nullable CamelContext context;
    private @Nullable PlaceholderDefaults defaults;
    private @Nullable Workers workers;
    private @Nullable SupervisionChecks checks;
    private @Nullable PartnerCenter partnerCenter;
    private @Nullable KafkaBeans kafka;
    private @Nullable RestRequests rest;
    private @Nullable DropWaitingLookups stopping;
    private @Nullable LateMeters meters;

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
     *     with all faults at once
     * @throws CannotStartException when the host's Camel cannot run the routes
     */
    public void start() throws Exception {
        CamelContext camel = camel();
        Settings settings = settings(camel);
        CamelVersion.check(camel, settings.kafka().enabled());
        PropertiesComponent properties = camel.getPropertiesComponent();
        boolean described = isDescribed(camel, settings.rest());
        defaults = new PlaceholderDefaults(settings, described, properties::resolveProperty);
        properties.addPropertiesSource(defaults);
        LookupSettings limits = settings.lookup();
        Clock wall = Clock.systemUTC();
        Clock clock = MonotonicClock.startingAt(wall);
        Supervisor supervisor = supervisor(camel);
        workers =
                new Workers(
                        camel,
                        supervisor,
                        limits.maxInFlight(),
                        settings.partnerCenter().responseTimeout(),
                        settings.kafka().enabled());
        LookupThreads threads = workers.threads();
        if (has(camel, METER_REGISTRY)) {
            meters = new LateMeters(camel, clock, wall, measured -> watch(measured, settings));
        }
        Meters told = meters == null ? Meters.NONE : meters;

        Tracing tracing =
                has(camel, "io.opentelemetry.api.GlobalOpenTelemetry")
                        ? OpenTelemetryTracing.of(camel).orElse(Tracing.OFF)
                        : Tracing.OFF;

        Registry registry = camel.getRegistry();
        registry.bind("order-lookup-threads", threads.kafka());
        ValidateRequest openLookup = new ValidateRequest(tracing, clock, wall);
        DescribeProblem problems = new DescribeProblem();
        registry.bind("order-lookup-validate-request", new Step(openLookup::open));
        registry.bind("order-lookup-order-format", new OrderFormat());
        registry.bind("order-lookup-verify-order", new Step(problems::check));
        registry.bind("order-lookup-describe-problem", new Step(problems::describe));
        registry.bind("order-lookup-answer-to-caller", new AnswerToCaller(told));
        registry.bind("order-lookup-mapper", OrderJson.mapper());
        partnerCenter =
                new PartnerCenter(
                        settings.partnerCenter(),
                        limits,
                        told,
                        clock,
                        wall,
                        threads,
                        workers.timer(),
                        supervisor);
        partnerCenter.bind(camel);
        if (settings.kafka().enabled()) {
            kafka =
                    new KafkaBeans(
                            camel,
                            settings.kafka(),
                            limits,
                            partnerCenter.health(),
                            told,
                            tracing,
                            clock,
                            wall,
                            threads.kafka(),
                            partnerCenter.longestLookup().plus(PUBLISHING),
                            supervisor);
            kafka.bind();
        }
        if (settings.kafka().enabled() || settings.rest().enabled()) {
            partnerCenter.bindReadiness(camel);
            checks = new SupervisionChecks(supervisor, registry);
            checks.open();
            registry.bind(
                    ROUTES_READINESS,
                    new RoutesReadiness(
                            camel,
                            ExpectedRoutes.of(settings, described),
                            () -> isMeasured(camel)));
        }
        if (settings.rest().enabled()) {
            rest =
                    new RestRequests(
                            settings.rest().apiKeys(),
                            settings.rest().maxWaiting(),
                            tracing,
                            clock);
            registry.bind("order-lookup-open-rest-request", new Step(rest::open));
            registry.bind(
                    "order-lookup-compose-response", new Step(new RestResponses(told)::compose));
            camel.addLifecycleStrategy(new RestHeaders.OnOurEndpoint());
        }
        if (described) {
            RestDescription description = new RestDescription(settings.rest().apiKeys());
            registry.bind("order-lookup-compose-description", new Step(description::compose));
        }
        if (settings.rest().enabled() && settings.rest().console()) {
            RestConsole console = new RestConsole(settings.rest().apiKeys(), figures(camel));
            registry.bind("order-lookup-compose-page", new Step(console::page));
            registry.bind("order-lookup-compose-file", new Step(console::file));
            registry.bind(
                    "order-lookup-attempts",
                    new LookupValue(lookup -> Integer.toString(lookup.attempts())));
        }
        if (meters != null) {
            meters.open();
        }
        stopping = new DropWaitingLookups(partnerCenter);
        camel.addLifecycleStrategy(stopping);
    }

    private void watch(MicrometerMeters measured, Settings settings) {
        measured.watch(supervisor(camel()));
        measured.watch(
                Objects.requireNonNull(partnerCenter), settings.partnerCenter(), settings.lookup());
        if (kafka != null) {
            measured.watch(kafka);
        }
        if (rest != null) {
            measured.watch(rest);
        }
    }

    /**
     * Ends what {@link #start} has started. Camel Main makes the beans of a route file twice, and
     * stops the first before it starts the second.
     */
    public void stop() {
        if (defaults != null) {
            defaults.withdraw();
        }
        if (stopping != null) {
            camel().getLifecycleStrategies().remove(stopping);
        }
        if (meters != null) {
            meters.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (partnerCenter != null) {
            partnerCenter.close();
        }
        if (checks != null) {
            checks.close();
        }
        if (workers != null) {
            workers.close();
        }
    }

    private CamelContext camel() {
        return Objects.requireNonNull(context, "no Camel context");
    }

    /** What measures and traces is the host's to bring. */
    private static boolean has(CamelContext camel, String className) {
        return camel.getClassResolver().resolveClass(className) != null;
    }

    /** What the console shows: the meters, where there are any. */
    private static Supplier<byte[]> figures(CamelContext camel) {
        return has(camel, METER_REGISTRY)
                ? new ConsoleStats(camel)
                : () -> "{\"figures\": []}".getBytes(StandardCharsets.UTF_8);
    }

    /** The name /openapi.json belongs to the host, unless it asks for pages at our door. */
    private static boolean isDescribed(CamelContext camel, RestSettings rest) {
        return rest.enabled() && (rest.console() || settingsOfMain(camel) != null);
    }

    /** A host may do without meters, our own main may not. */
    private boolean isMeasured(CamelContext camel) {
        return settingsOfMain(camel) == null || (meters != null && meters.isRegistered());
    }

    /** That of our own main, which ends the process; in a host, one that readiness alone asks. */
    private static Supervisor supervisor(CamelContext camel) {
        Registry registry = camel.getRegistry();
        Supervisor known = registry.lookupByNameAndType(Supervisor.NAME, Supervisor.class);
        if (known != null) {
            return known;
        }
        Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
        Supervisor ofHost = new Supervisor(clock, thrown -> {});
        registry.bind(Supervisor.NAME, ofHost);
        return ofHost;
    }

    private static @Nullable Settings settingsOfMain(CamelContext camel) {
        return camel.getRegistry().lookupByNameAndType(SETTINGS, Settings.class);
    }

    private static Settings settings(CamelContext camel) {
        Settings read = settingsOfMain(camel);
        return read != null ? read : HostConfiguration.read(camel.getPropertiesComponent());
    }

    /**
     * As soon as the context stops, lookups that wait for a turn are dropped; calls under way go on
     * for a while.
     */
    private static final class DropWaitingLookups extends LifecycleStrategySupport {

        private final PartnerCenter partnerCenter;

        DropWaitingLookups(PartnerCenter partnerCenter) {
            this.partnerCenter = partnerCenter;
        }

        @Override
        public void onContextStopping(CamelContext stopping) {
            partnerCenter.close();
        }
    }
}
