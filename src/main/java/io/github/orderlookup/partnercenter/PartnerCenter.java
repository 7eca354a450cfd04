package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallStats;
import io.github.orderlookup.admission.Health;
import io.github.orderlookup.admission.RateLimiter;
import io.github.orderlookup.admission.SlowStart;
import io.github.orderlookup.http.CallsUnderWay;
import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.memory.ResponseMemory;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.route.LookupValue;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.TokenStats;
import io.github.orderlookup.supervision.CpuStarvation;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Registry;

/**
 * The beans of the call and its component instance {@code order-lookup-http}: a camel-http of our
 * own, without cookies, redirects, hidden retries, or any header that is not named.
 */
public final class PartnerCenter implements AutoCloseable {

    /** How long calls under way may go on once the process stops. */
    private static final long LAST_CALLS_SECONDS = 20;

    /** A request for a token ends by its own timeouts, long before. */
    private static final Duration SIGN_IN_MARGIN = Duration.ofMinutes(2);

    private final PartnerCenterSettings settings;
    private final LookupSettings limits;
    private final Clock clock;
    private final Clock wall;
    private final ScheduledExecutorService timer;
    private final Supervisor supervisor;
    private final WayOut wayOut;
    private final LookupThreads threads;
    private final ResponseMemory.Shares memory = ResponseMemory.Shares.ofThisHeap();
    private final CallLimiter limiter;
    private final AccessTokens tokens;
    private final SignInWatch signIn;
    private final Worker signInWorker;
    private final PartnerCenterClient client;
    private final CallsUnderWay underWay;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param clock monotonic
     * @param wall for dates that come from outside
     * @param threads make the calls, as many at once as {@code limits} allow
     * @param timer wakes waiting lookups and ends late calls
     * @param supervisor watches the progress of the workers
     */
    public PartnerCenter(
            PartnerCenterSettings settings,
            LookupSettings limits,
            Meters meters,
            Clock clock,
            Clock wall,
            LookupThreads threads,
            ScheduledExecutorService timer,
            Supervisor supervisor) {
        this.supervisor = supervisor;
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.wall = wall;
        this.threads = threads;
        this.timer = timer;
        this.wayOut = WayOut.of(settings.network());
        this.tokens = AccessTokens.of(settings, wayOut);
        this.limiter = limiter();
        this.underWay = new CallsUnderWay(clock);
        this.client = client(meters);
        this.signInWorker = supervisor.worker("sign-in", longestLookup().plus(SIGN_IN_MARGIN));
        this.signIn = new SignInWatch(tokens, limiter, timer, signInWorker);
        tokens.setListener(signIn);
    }

    private CallLimiter limiter() {
        CpuStarvation slowness = CpuStarvation.ofThisProcess(clock, settings.responseTimeout());
        long tick = CpuStarvation.TICK.toMillis();
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(
                        () -> look(slowness), tick, tick, TimeUnit.MILLISECONDS);
        return new CallLimiter(
                limits.maxInFlight(),
                new Health(
                        SlowStart.cold(limits.maxInFlight(), slowness::isShort), slowness::isSlow),
                limits.deadline(),
                new RateLimiter(settings.requestsPerMinute()),
                memory,
                clock,
                threads,
                timer,
                supervisor::onError);
    }

    private PartnerCenterClient client(Meters meters) {
        return new PartnerCenterClient(
                settings,
                new HttpTransport(
                        settings, wayOut, limits.maxInFlight(), PartnerCenterRequest.ON_THE_WIRE),
                tokens,
                underWay,
                timer,
                meters,
                limiter::callRepeated);
    }

    private void look(CpuStarvation slowness) {
        try {
            slowness.look();
        } catch (RuntimeException | Error e) {
            supervisor.onError("The timer", e);
        }
    }

    /** Whether Partner Center and its login host are available. */
    public UpstreamHealth health() {
        return limiter;
    }

    /** Adds the component and binds the beans that the routes name. */
    public void bind(CamelContext context) {
        context.removeComponent("order-lookup-http");
        context.addComponent("order-lookup-http", client.component());
        Registry registry = context.getRegistry();
        registry.bind(
                "order-lookup-acquire-permit",
                new AcquirePermit(limiter, clock, limits.deadline(), limits.collapse()));
        registry.bind(
                "order-lookup-acquire-memory",
                new AcquireMemory(memory, limiter, limits.deadline(), clock, threads, timer));
        bindCall(registry);
        bindHeaders(registry);
    }

    private void bindCall(Registry registry) {
        PartnerCenterCall calls =
                new PartnerCenterCall(
                        new PartnerCenterRequest(settings),
                        limiter,
                        signIn,
                        underWay,
                        memory,
                        Durations.min(settings.responseTimeout(), limits.deadline()),
                        limits.deadline(),
                        clock,
                        wall);
        RetryStep retry =
                new RetryStep(
                        limiter,
                        signIn,
                        limits.maxAttempts(),
                        limits.deadline(),
                        clock,
                        RandomGenerator.of("L64X128MixRandom"));
        registry.bind("order-lookup-start-attempt", new Step(calls::startAttempt));
        registry.bind("order-lookup-classify-response", new Step(calls::classifyResponse));
        registry.bind(
                "order-lookup-classify-network-failure", new Step(calls::classifyNetworkFailure));
        registry.bind("order-lookup-release-permit", new Step(calls::releasePermit));
        registry.bind("order-lookup-decide-retry", new Step(retry::decide));
        // As expressions that call a bean, each of these would copy the exchange.
        registry.bind("order-lookup-unanswered", (Predicate) calls::isUnanswered);
        registry.bind("order-lookup-permitted", (Predicate) calls::isPermitted);
    }

    /** The values of the headers that the route sets. */
    private void bindHeaders(Registry registry) {
        String query = PartnerCenterRequest.query(settings);
        registry.bind("order-lookup-path", new LookupValue(PartnerCenterRequest::path));
        registry.bind("order-lookup-query", new LookupValue(lookup -> query));
        registry.bind("order-lookup-correlation-id", new LookupValue(Lookup::correlationId));
        registry.bind(
                "order-lookup-request-id",
                new LookupValue(lookup -> lookup.requestId().orElseThrow()));
        registry.bind(
                "order-lookup-application", new LookupValue(lookup -> settings.applicationName()));
        registry.bind("order-lookup-locale", new LookupValue(lookup -> settings.locale()));
    }

    /** How long the calls of one lookup may take, without what it waits for permits. */
    public Duration longestLookup() {
        Duration call = settings.connectTimeout().plus(settings.responseTimeout());
        Duration all = Durations.min(limits.deadline(), call.multipliedBy(limits.maxAttempts()));
        return all.plus(call);
    }

    /**
     * Has the files of credentials and authorities watched, as far as there are any; and the token
     * store.
     */
    public void watch(FileWatch files) {
        wayOut.files().forEach(file -> files.add(file, () -> {}));
        tokens.credentialFile().ifPresent(file -> files.add(file, signIn::credentialChanged));
        if (settings.authMode() == AuthMode.APP_USER) {
            files.add(signIn::look);
        }
    }

    /** A snapshot of the calls. */
    public CallStats calls() {
        return limiter.stats();
    }

    public TokenStats tokens() {
        return tokens.stats();
    }

    /** Lets an outage count against the readiness of the process. */
    public void bindReadiness(CamelContext context) {
        context.getRegistry()
                .bind("order-lookup-partner-center-readiness", new PartnerCenterReadiness(limiter));
    }

    /** Drops the lookups that wait at once, and those whose call is not over in 20 seconds. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            limiter.close();
            supervisor.remove(signInWorker);
            ScheduledFuture<?> unused =
                    timer.schedule(client::abandonCalls, LAST_CALLS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
