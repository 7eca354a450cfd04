package io.github.orderlookup.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt that brought no Order: a pure decision, on which {@code
 * PartnerCenterCall} acts.
 *
 * <p>A {@code Retry-After} is obeyed. Without one, and for a {@code Retry-After} of zero (throttled
 * requests count against the rate limit too), the wait is exponential with full jitter: before
 * attempt n+1 from zero to 200 ms times 2<sup>n-1</sup>, at most 20 s.
 *
 * <p>A source that {@linkplain Source#waitsForOutageEnd waits for the end of an outage} loses no
 * lookup to one: what failed during an outage goes back to the limiter, which starts no call before
 * its end. An outage is known only after several calls have failed, so while it is in doubt the
 * last attempt is postponed.
 */
public sealed interface RetryDecision {

    /**
     * Another attempt.
     *
     * @param withdrawn whether the last attempt does not count, since it did not become a call or
     *     its response could not be read
     */
    record Retry(Instant notBefore, boolean withdrawn) implements RetryDecision {}

    /** The lookup ends in a problem. */
    record GiveUp(Reason reason) implements RetryDecision {}

    /** Which problem a lookup ends in. */
    enum Reason {
        /** The last failure. */
        FAILURE,
        /** The deadline: the last failure, if an attempt has finished. */
        DEADLINE,
        /** No memory for the response. */
        NO_MEMORY
    }

    /** How an attempt ended. */
    enum End {
        /** With a failure, perhaps that of a shared call. */
        FAILED,
        /** The process ended the call. */
        ABANDONED,
        /** The deadline of the lookup ended the call. */
        DEADLINE,
        /** No token could be obtained; the failure says why. */
        NO_TOKEN,
        /** The token was not there in time; the call slot was given back. */
        TOKEN_PENDING,
        /** There was no memory to read the response. */
        NO_MEMORY
    }

    /** What is known of an outage. */
    enum Outage {
        NONE,
        /** Calls for other orders fail as well, but too few were seen. */
        IN_DOUBT,
        PRESENT
    }

    /**
     * An attempt and the state of its lookup.
     *
     * @param failure of the last finished attempt; not null for {@link End#FAILED} and {@link
     *     End#NO_TOKEN}
     * @param tokenRefused see {@link #isTokenRefused}
     * @param attempts counted so far, this one included; 1 or more
     * @param maxAttempts how many there may be, the first included
     * @param ownDeadline that of the request; null for none
     * @param deadline the effective one; null for none
     */
    record Attempt(
            End end,
            @Nullable Failure failure,
            boolean tokenRefused,
            Source source,
            int attempts,
            int maxAttempts,
            Outage outage,
            Instant now,
            @Nullable Instant ownDeadline,
            @Nullable Instant deadline) {

        private boolean waitsForOutageEnd() {
            return source.waitsForOutageEnd() && outage == Outage.PRESENT;
        }
    }

    /** The longest first wait; doubles with each attempt. */
    Duration BASE = Duration.ofMillis(200);

    /** The longest wait, unless the remote asks for more. */
    Duration CAP = Duration.ofSeconds(20);

    /** The wait before a response is requested again that there was no memory for. */
    Duration MEMORY_WAIT = Duration.ofSeconds(10);

    /**
     * Whether Partner Center refused a token and a newer one cannot be obtained, or was refused as
     * well.
     *
     * @param renewed whether the lookup has had its one retry with a fresh token
     * @param newerToken whether another token is there, or may be requested now
     */
    static boolean isTokenRefused(Failure failure, boolean renewed, boolean newerToken) {
        return failure.freshToken() && (renewed || !newerToken);
    }

    /**
     * Decides about another attempt. There is none when its moment is not before the deadline: the
     * lookup fails now.
     *
     * @param random used only for a jittered wait
     */
    static RetryDecision decide(Attempt attempt, RandomGenerator random) {
        Instant now = attempt.now();
        return switch (attempt.end()) {
            case ABANDONED -> new Retry(now, false);
            case TOKEN_PENDING -> new Retry(now, true);
            case NO_TOKEN ->
                    attempt.source().waitsForOutageEnd()
                            ? new Retry(now, true)
                            : afterFailure(attempt, random);
            case NO_MEMORY ->
                    attempt.source().failsFast()
                            ? new GiveUp(Reason.NO_MEMORY)
                            : new Retry(now.plus(MEMORY_WAIT), true);
            case DEADLINE ->
                    attempt.waitsForOutageEnd() && isBefore(now, attempt.ownDeadline())
                            ? new Retry(now, false)
                            : new GiveUp(Reason.DEADLINE);
            case FAILED -> afterFailure(attempt, random);
        };
    }

    private static RetryDecision afterFailure(Attempt attempt, RandomGenerator random) {
        Failure failure = Objects.requireNonNull(attempt.failure());
        Instant now = attempt.now();
        if (attempt.waitsForOutageEnd() && (failure.isOutage() || attempt.tokenRefused())) {
            Duration asked = failure.retryAfter();
            return new Retry(asked == null ? now : now.plus(asked), false);
        }
        if (!failure.retry()
                || attempt.tokenRefused()
                || attempt.attempts() >= attempt.maxAttempts()) {
            return new GiveUp(Reason.FAILURE);
        }
        Duration delay = delay(failure, attempt.attempts(), random);
        return isBefore(now.plus(delay), attempt.deadline())
                ? new Retry(now.plus(postponed(attempt, failure, delay)), false)
                : new GiveUp(Reason.FAILURE);
    }

    private static boolean isBefore(Instant moment, @Nullable Instant deadline) {
        return deadline == null || moment.isBefore(deadline);
    }

    private static Duration postponed(Attempt attempt, Failure failure, Duration delay) {
        boolean postponed =
                attempt.outage() == Outage.IN_DOUBT
                        && failure.isOutage()
                        && attempt.attempts() == attempt.maxAttempts() - 1
                        && attempt.source().waitsForOutageEnd()
                        && attempt.ownDeadline() == null;
        return postponed && delay.compareTo(UpstreamHealth.PROBE_INTERVAL) < 0
                ? UpstreamHealth.PROBE_INTERVAL
                : delay;
    }

    private static Duration delay(Failure failure, int attempts, RandomGenerator random) {
        if (failure.freshToken()) {
            return Duration.ZERO;
        }
        Duration asked = failure.retryAfter();
        return asked == null || asked.isZero() || asked.isNegative()
                ? backOff(attempts, random)
                : asked;
    }

    private static Duration backOff(int attempts, RandomGenerator random) {
        int doublings = Math.min(Math.max(attempts - 1, 0), 10);
        long longest = Math.min(CAP.toMillis(), BASE.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(longest + 1));
    }
}
