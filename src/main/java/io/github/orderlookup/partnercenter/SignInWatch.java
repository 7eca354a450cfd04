package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls back while no token can be had, and asks for one until there is one: without a token
 * no order is looked up, so no lookup needs to find that out at its own expense. The same while
 * Partner Center refuses every token: then one lookup at a time finds out whether that is over.
 *
 * <p>A refused credential is an outage at once, since somebody must act; so are tokens that were
 * refused for five lookups in a row. A login host that does not answer is one from the third
 * failure in a row on; before, whoever asks waits a moment longer. How long the login host is left
 * alone in between is up to {@link TokenHolder}.
 *
 * <p>Thread-safe; no method waits.
 */
public final class SignInWatch {

    private static final int FAILURES_OF_AN_OUTAGE = 3;
    private static final int REFUSALS_OF_AN_OUTAGE = 5;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private final AccessTokens tokens;
    private final CallLimiter limiter;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Worker worker;

    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private Instant nextAttempt = Instant.MIN;

    /** Whether a token is being asked for, or will be. */
    private boolean waiting;

    /** Lookups in a row whose fresh token was refused; written under the lock. */
    private volatile int refusals;

    /** Why the tokens count as refused for good; null while they do not. */
    private @Nullable Failure refused;

    /**
     * @param worker works from a request for a token to its end, and is paused while none can be
     *     had
     */
    public SignInWatch(
            AccessTokens tokens,
            CallLimiter limiter,
            Clock clock,
            ScheduledExecutorService timer,
            Worker worker) {
        this.worker = worker;
        worker.idle();
        this.tokens = tokens;
        this.limiter = limiter;
        this.clock = clock;
        this.timer = timer;
    }

    /** A call could not leave for want of a token. Many may say so at once. */
    void failed(SignInException failure) {
        lock.lock();
        try {
            note(failure);
        } finally {
            lock.unlock();
        }
    }

    /** A call gave its slot back since fetching a token takes long. Many may say so at once. */
    void pending() {
        lock.lock();
        try {
            if (waiting) {
                return;
            }
            waiting = true;
            limiter.suspend(refused);
        } finally {
            lock.unlock();
        }
        ask();
    }

    /** Whether another token than the one that was refused is there, or may be asked for now. */
    boolean hasNewerToken() {
        return !tokens.isRefused();
    }

    /** A lookup ends, or waits, because its fresh token was refused too. */
    void refused(Failure failure) {
        lock.lock();
        try {
            refusals = Math.min(refusals + 1, REFUSALS_OF_AN_OUTAGE);
            if (refusals == REFUSALS_OF_AN_OUTAGE && refused == null) {
                refused = FailureClassifier.signIn(true, failure.detail(), null);
                limiter.suspend(refused);
                probeLater();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Partner Center took a token. */
    void accepted() {
        if (refusals == 0) {
            return;
        }
        lock.lock();
        try {
            refusals = 0;
            if (refused != null) {
                refused = null;
                if (!waiting) {
                    limiter.resume();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void probeLater() {
        Duration wait = Durations.max(tokens.untilReplacement(), UpstreamHealth.PROBE_INTERVAL);
        ScheduledFuture<?> unused =
                timer.schedule(this::probe, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void probe() {
        lock.lock();
        try {
            if (refused != null && !limiter.isClosed()) {
                if (!waiting) {
                    limiter.allowProbe();
                }
                probeLater();
            }
        } finally {
            lock.unlock();
        }
    }

    private void note(SignInException failure) {
        Instant now = clock.instant();
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(SHORTEST_WAIT) > 0 ? asked : SHORTEST_WAIT;
        if (!now.isBefore(nextAttempt)) {
            failures++;
            nextAttempt = now.plus(wait);
        }
        boolean outage = failure.refused() || failures >= FAILURES_OF_AN_OUTAGE;
        worker.pause(failure.detail());
        worker.idle();
        limiter.suspend(outage ? inWords(failure, wait) : refused);
        if (!waiting) {
            waiting = true;
            ScheduledFuture<?> unused =
                    timer.schedule(this::ask, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Failure inWords(SignInException failure, Duration wait) {
        return FailureClassifier.signIn(failure.refused(), failure.detail(), wait);
    }

    private void ask() {
        if (limiter.isClosed()) {
            return;
        }
        worker.progress();
        CompletableFuture<String> unused =
                tokens.request().whenComplete((token, failure) -> settle(failure));
    }

    private void settle(@Nullable Throwable failure) {
        lock.lock();
        try {
            waiting = false;
            if (failure != null) {
                note(asSignIn(failure));
                return;
            }
            worker.resume();
            worker.idle();
            failures = 0;
            nextAttempt = Instant.MIN;
            if (refused == null) {
                limiter.resume();
            } else {
                limiter.suspend(refused);
                limiter.allowProbe();
            }
        } finally {
            lock.unlock();
        }
    }

    private static SignInException asSignIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignInException known) {
                return known;
            }
        }
        return SignInException.unavailable("Signing in failed unexpectedly.", failure);
    }
}
