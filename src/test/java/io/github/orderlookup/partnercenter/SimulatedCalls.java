package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallStats;
import io.github.orderlookup.admission.Health;
import io.github.orderlookup.admission.RateLimiter;
import io.github.orderlookup.admission.SlowStart;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.http.CallsUnderWay;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.memory.ResponseMemory;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.TestSettings;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenPendingException;
import io.github.orderlookup.supervision.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;

/**
 * The steps of the route {@code order-lookup-attempt} over the classes that it names, without
 * Camel's engine, the HTTP client and threads: admission, the retry decision, the sign-in watch and
 * the memory for answers are the real ones.
 *
 * <p>For one thread.
 */
public final class SimulatedCalls {

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

    private final ResponseMemory.Shares memory;
    private final CallLimiter limiter;
    private final AcquirePermit acquirePermit;
    private final AcquireMemory acquireMemory;
    private final PartnerCenterCall calls;
    private final RetryStep retry;
    private final SignInWatch signIn;
    private int loginFailures;
    private final Supplier<CompletableFuture<String>> login;
    private final Upstream upstream;

    /** Partner Center, as a lookup that has its token meets it. */
    public interface Upstream {

        /**
         * Answers a call, later.
         *
         * @param answered called once: the message of the exchange is the answer, or the failure is
         *     what was thrown instead
         */
        void call(Exchange exchange, Consumer<Throwable> answered);
    }

    /** What may be configured, and what surrounds the calls. */
    public record Surroundings(
            int slots,
            int requestsPerMinute,
            int maxAttempts,
            Duration deadline,
            long memoryShare,
            Clock clock,
            Clock wall,
            Executor executor,
            ScheduledExecutorService timer,
            BiConsumer<String, Throwable> unexpected,
            RandomGenerator random) {}

    /**
     * @param login gives a token, or fails with what {@link #loginDown} or {@link #loginRefused}
     *     say
     */
    public SimulatedCalls(
            Surroundings around, Supplier<CompletableFuture<String>> login, Upstream upstream) {
        this.login = login;
        this.upstream = upstream;
        memory =
                new ResponseMemory.Shares(
                        new ResponseMemory(around.memoryShare()),
                        new ResponseMemory(around.memoryShare()));
        Executor executor = around.executor();
        LookupThreads threads = new LookupThreads(executor, executor, executor);
        limiter =
                new CallLimiter(
                        around.slots(),
                        new Health(SlowStart.cold(around.slots(), () -> false), () -> false),
                        around.deadline(),
                        new RateLimiter(around.requestsPerMinute()),
                        memory,
                        around.clock(),
                        threads,
                        around.timer(),
                        around.unexpected());
        signIn =
                new SignInWatch(
                        new Tokens(),
                        limiter,
                        around.timer(),
                        new Supervisor(around.clock(), thrown -> {})
                                .worker("sign-in", Duration.ofDays(1)));
        acquirePermit = new AcquirePermit(limiter, around.clock(), around.deadline(), true);
        acquireMemory =
                new AcquireMemory(
                        memory,
                        limiter,
                        around.deadline(),
                        around.clock(),
                        threads,
                        around.timer());
        calls =
                new PartnerCenterCall(
                        new PartnerCenterRequest(settings(around.requestsPerMinute())),
                        limiter,
                        signIn,
                        new CallsUnderWay(around.clock()),
                        memory,
                        RESPONSE_TIMEOUT,
                        around.deadline(),
                        around.clock(),
                        around.wall());
        retry =
                new RetryStep(
                        limiter,
                        signIn,
                        around.maxAttempts(),
                        around.deadline(),
                        around.clock(),
                        around.random());
    }

    public UpstreamHealth health() {
        return limiter;
    }

    public static IOException loginDown() {
        return SignInException.unavailable("The login host is down.", (Throwable) null);
    }

    public static IOException loginRefused() {
        return SignInException.refused("The credential is refused.");
    }

    /**
     * Asks for the order of the exchange's lookup, as often as it takes.
     *
     * @param over called once, at the end; the exchange is failed, stopped, or has the answer
     */
    public void run(Exchange exchange, Consumer<Exchange> over) {
        acquirePermit.process(exchange, done -> afterTheWait(exchange, over));
    }

    private void afterTheWait(Exchange exchange, Consumer<Exchange> over) {
        if (isOver(exchange)) {
            over.accept(exchange);
        } else if (calls.isPermitted(exchange)) {
            call(exchange, over);
        } else {
            decideRetry(exchange, over);
        }
    }

    private static boolean isOver(Exchange exchange) {
        return exchange.getException() != null || exchange.isRouteStop();
    }

    private void call(Exchange exchange, Consumer<Exchange> over) {
        try {
            calls.startAttempt(exchange);
            CompletableFuture<String> token = token();
            if (!token.isDone()) {
                throw new TokenPendingException();
            }
            token.getNow("");
            limiter.signedIn();
            upstream.call(exchange, thrown -> answered(exchange, thrown, over));
        } catch (java.util.concurrent.CompletionException e) {
            answered(exchange, e.getCause(), over);
        } catch (Throwable e) {
            answered(exchange, e, over);
        }
    }

    /** The doTry of the route: note what came, give the permit back, decide. */
    private void answered(Exchange exchange, Throwable thrown, Consumer<Exchange> over) {
        try {
            if (thrown instanceof IOException fault) {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);
                calls.classifyNetworkFailure(exchange);
            } else if (thrown != null) {
                exchange.setException(thrown);
            } else {
                notifyOfToken(exchange);
                calls.classifyResponse(exchange);
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
        calls.releasePermit(exchange);
        if (isOver(exchange)) {
            over.accept(exchange);
        } else {
            decideRetry(exchange, over);
        }
    }

    /** As the HTTP client does. */
    private void notifyOfToken(Exchange exchange) {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (FailureClassifier.acceptsToken(status)) {
            signIn.onTokenAccepted();
        }
    }

    private void decideRetry(Exchange exchange, Consumer<Exchange> over) {
        try {
            retry.decide(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        if (isOver(exchange)) {
            over.accept(exchange);
        } else if (calls.isUnanswered(exchange)) {
            run(exchange, over);
        } else {
            acquireMemory.process(exchange, done -> over.accept(exchange));
        }
    }

    /** Whether nothing is held and nobody waits. */
    public boolean isIdle() {
        CallStats stats = limiter.stats();
        return stats.inFlight() == 0
                && stats.waiting() == 0
                && memory.callers().held() == 0
                && memory.kafka().held() == 0
                && memory.callers().waiting() == 0
                && memory.kafka().waiting() == 0;
    }

    public int inFlight() {
        return limiter.stats().inFlight();
    }

    /** What is held and who waits, for a message. */
    public String describe() {
        return limiter.stats()
                + ", memory "
                + memory.callers().held()
                + " + "
                + memory.kafka().held()
                + ", outage "
                + limiter.outage();
    }

    /** What the callers' and Kafka's answers hold. */
    public long memoryHeld(Source source) {
        return memory.of(source.share()).held();
    }

    /** As the holder of the tokens does: a failure says how many there were in a row. */
    private CompletableFuture<String> token() {
        return login.get()
                .whenComplete(
                        (token, failure) -> loginFailures = failure == null ? 0 : loginFailures + 1)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        SignInException.of(failure)
                                                .again(Duration.ZERO, loginFailures)));
    }

    private final class Tokens implements AccessTokens {

        @Override
        public CompletableFuture<String> request() {
            return token();
        }

        @Override
        public void reject(String token) {}
    }

    private static PartnerCenterSettings settings(int requestsPerMinute) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return TestSettings.partnerCenter(nowhere, nowhere, RESPONSE_TIMEOUT, requestsPerMinute);
    }
}
