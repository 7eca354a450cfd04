package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenListener;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Suspends the calls while no token can be obtained, and requests one until there is one. Does the
 * same while Partner Center refuses every token: then one lookup at a time finds out whether that
 * is over.
 *
 * <p>A refused credential is an outage at once, since the operator must act; so are tokens that
 * were refused for five lookups in a row. A login host that is down is one from the third failure
 * in a row on; before, lookups wait a moment longer. {@link AccessTokens} counts the failures and
 * decides when the next token request is due.
 *
 * <p>Thread-safe; no method but {@link #look} waits. One class, since both outages change one state
 * under one lock: a token request ends one and may leave the other.
 */
final class SignInWatch implements TokenListener {

    private static final int REFUSALS_OF_AN_OUTAGE = 5;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private final AccessTokens tokens;
    private final CallLimiter limiter;
    private final ScheduledExecutorService timer;
    private final Worker worker;

    private final ReentrantLock lock = new ReentrantLock();

    /** Whether a token request is under way or scheduled. */
    private boolean waiting;

    /** The scheduled token request; null when none is. */
    private @Nullable ScheduledFuture<?> scheduled;

    /** Lookups in a row whose fresh token was refused, capped; written under the lock. */
    private volatile int refusals;

    /** What callers get while every token is refused; null otherwise. */
    private @Nullable Failure refused;

    /**
     * @param worker works from a request for a token to its end, and is paused while none can be
     *     obtained
     */
    SignInWatch(
            AccessTokens tokens,
            CallLimiter limiter,
            ScheduledExecutorService timer,
            Worker worker) {
        this.worker = worker;
        worker.idle();
        this.tokens = tokens;
        this.limiter = limiter;
        this.timer = timer;
    }

    /** A call failed because there is no token. */
    void failed(SignInException failure) {
        lock.lock();
        try {
            note(failure);
        } finally {
            lock.unlock();
        }
    }

    /** A call gave its slot back because a token request takes long. */
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
        requestToken();
    }

    /** The file of the application's credential has changed. */
    void credentialChanged() {
        tokens.credentialChanged();
        credentialReplaced();
    }

    /** Whether there is a newer token than the refused one, or one may be requested now. */
    boolean hasNewerToken() {
        return !tokens.isRefused();
    }

    /** A lookup ends, or waits, because its fresh token was refused as well. */
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

    @Override
    public void onTokenIssued() {
        limiter.signedIn();
        if (refusals == REFUSALS_OF_AN_OUTAGE) {
            limiter.allowProbe();
        }
    }

    /** Looks whether a user has signed in anew; then requests a token at once. May wait. */
    void look() {
        if (tokens.isCredentialReplaced()) {
            credentialReplaced();
        }
    }

    private void credentialReplaced() {
        lock.lock();
        try {
            if (!waiting) {
                // The renewal runs aside; calls go on with the present token.
                CompletableFuture<String> unused = tokens.request();
                return;
            }
            if (!cancelScheduled()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        requestToken();
    }

    /** Whether a token request was scheduled, and is no longer. */
    private boolean cancelScheduled() {
        if (scheduled == null) {
            return false;
        }
        scheduled.cancel(false);
        scheduled = null;
        return true;
    }

    /** Makes the scheduled request, unless it was cancelled meanwhile. */
    private void requestScheduled() {
        lock.lock();
        try {
            if (!cancelScheduled()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        requestToken();
    }

    @Override
    public void onTokenAccepted() {
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
        Duration wait = Durations.max(failure.retryAfter().orElse(Duration.ZERO), SHORTEST_WAIT);
        worker.pause(failure.detail());
        worker.idle();
        limiter.suspend(
                failure.isOutage()
                        ? FailureClassifier.signIn(failure.refused(), failure.detail(), wait)
                        : refused);
        if (!waiting) {
            waiting = true;
            scheduled =
                    timer.schedule(this::requestScheduled, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void requestToken() {
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
                note(SignInException.of(failure));
                return;
            }
            worker.resume();
            worker.idle();
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
}
