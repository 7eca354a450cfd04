package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.FailureClassifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls back while no token can be had, and asks for one until there is one: without a token
 * no order is looked up, so no lookup needs to find that out at its own expense.
 *
 * <p>A refused credential is an outage at once, since somebody must act. A login host that does not
 * answer is one from the third failure in a row on; before, whoever asks waits a moment longer. How
 * long the login host is left alone in between is up to {@link TokenHolder}.
 *
 * <p>Thread-safe.
 */
final class SignInWatch {

    private static final int FAILURES_OF_AN_OUTAGE = 3;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private final AccessTokens tokens;
    private final CallGate gate;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private Instant nextAttempt = Instant.MIN;
    private boolean waiting;

    /**
     * @param executor signs in
     */
    SignInWatch(
            AccessTokens tokens,
            CallGate gate,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.tokens = tokens;
        this.gate = gate;
        this.clock = clock;
        this.executor = executor;
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

    private void note(SignInException failure) {
        Instant now = clock.instant();
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(SHORTEST_WAIT) > 0 ? asked : SHORTEST_WAIT;
        if (!now.isBefore(nextAttempt)) {
            failures++;
            nextAttempt = now.plus(wait);
        }
        boolean outage = failure.refused() || failures >= FAILURES_OF_AN_OUTAGE;
        gate.suspend(outage ? inWords(failure, wait) : null);
        if (!waiting) {
            waiting = true;
            ScheduledFuture<?> unused =
                    timer.schedule(
                            () -> executor.execute(this::signIn),
                            wait.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private static Failure inWords(SignInException failure, Duration wait) {
        return FailureClassifier.signIn(failure.refused(), failure.detail(), wait);
    }

    private void signIn() {
        SignInException failure = attempt();
        lock.lock();
        try {
            waiting = false;
            if (failure != null) {
                note(failure);
                return;
            }
            failures = 0;
            nextAttempt = Instant.MIN;
            gate.resume();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SignInException attempt() {
        if (gate.isClosed()) {
            return null;
        }
        try {
            tokens.current();
            return null;
        } catch (SignInException e) {
            return e;
        }
    }
}
