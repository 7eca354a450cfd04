package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.UpstreamHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by the last calls whether Partner Center is down, and when to test whether it is back.
 *
 * <p>It opens in two cases, each of at least 20 calls for at least 5 different orders:
 *
 * <ul>
 *   <li>nothing but failures, for a second or longer. Of one order four calls count at most;
 *   <li>three of five first attempts fail, of the last 20 to 40. Retries do not count here: they
 *       follow failures alone, so that orders that always fail would outweigh the others with five
 *       calls each. Of one order two count at most.
 * </ul>
 *
 * <p>While it is open, one call starts every five seconds, whether or not the one before is over: a
 * call that hangs must not delay recovery. The first that is answered closes it.
 *
 * <p>No breaker of a library does this: those know nothing of orders, their half-open state waits
 * for the last probe, and they hold threads, where here lookups wait without one.
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
final class CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private static final int FEWEST_CALLS = 20;
    private static final int FEWEST_ORDERS = 5;
    private static final int FIRST_ATTEMPTS = 2 * FEWEST_CALLS;
    private static final int FIRST_ATTEMPTS_OF_AN_ORDER = 2;
    private static final int CALLS_OF_AN_ORDER = 4;
    private static final int PERCENT = 60;
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration SUSPICION = Duration.ofMillis(250);
    private static final String ANSWERED = "";

    /**
     * The orders of the last first attempts that failed, {@link #ANSWERED} for one that did not.
     */
    private final Deque<String> firstAttempts = new ArrayDeque<>();

    /** Calls that have failed since the last answer, by order. */
    private final Map<String, Integer> failedSince = new HashMap<>();

    private int failures;
    private @Nullable Instant silentSince;
    private @Nullable Failure last;
    private @Nullable Failure outage;
    private Instant nextProbe = Instant.MAX;
    private int period;

    /** The failure of lookups while it is open; empty while it is closed. */
    Optional<Failure> outage() {
        return Optional.ofNullable(outage);
    }

    boolean isOpen() {
        return outage != null;
    }

    /** The next moment for a call while it is open. */
    Instant nextProbe() {
        return nextProbe;
    }

    /**
     * Whether calls for other orders fail as well and none is answered, but too few calls were seen
     * to open.
     */
    boolean isInDoubt(Instant now) {
        int orders = failedSince.size();
        boolean quiet = silentSince != null && !silentSince.plus(SUSPICION).isAfter(now);
        return orders >= FEWEST_ORDERS || (orders > 1 && quiet);
    }

    /** A call, and the period in which it started: a period ends when an outage begins or ends. */
    record Call(String order, boolean firstAttempt, int period) {}

    Call callStarts(String order, boolean firstAttempt, Instant now) {
        if (isOpen()) {
            nextProbe = now.plus(UpstreamHealth.PROBE_INTERVAL);
        }
        return new Call(order, firstAttempt, period);
    }

    /**
     * A call was answered, or failed as it does when the service is down. One of an earlier period
     * says nothing of the present.
     *
     * @param failure null when it was answered
     */
    void callEnds(Call call, @Nullable Failure failure, Instant now) {
        if (call.period() != period) {
            return;
        }
        if (isOpen()) {
            if (failure == null) {
                close();
            }
            return;
        }
        last = failure == null ? last : failure;
        count(call.order(), failure == null, now);
        if (call.firstAttempt()) {
            countFirstAttempt(call.order(), failure == null);
        }
        if (last != null && (isSilent(now) || mostFirstAttemptsFail())) {
            open(last, now);
        }
    }

    private boolean isSilent(Instant now) {
        return failures >= FEWEST_CALLS
                && silentSince != null
                && !silentSince.plus(SILENCE).isAfter(now);
    }

    private boolean mostFirstAttemptsFail() {
        int calls = firstAttempts.size();
        int failed = calls - Collections.frequency(firstAttempts, ANSWERED);
        return calls >= FEWEST_CALLS && failed * 100 >= PERCENT * calls;
    }

    private void count(String order, boolean answered, Instant now) {
        if (answered) {
            failedSince.clear();
            failures = 0;
            silentSince = now;
            return;
        }
        if (silentSince == null) {
            silentSince = now;
        }
        int ofThisOrder = failedSince.getOrDefault(order, 0);
        if (failures < FEWEST_CALLS && ofThisOrder < CALLS_OF_AN_ORDER) {
            failedSince.put(order, ofThisOrder + 1);
            failures++;
        }
    }

    private void countFirstAttempt(String order, boolean answered) {
        if (!answered
                && Collections.frequency(firstAttempts, order) >= FIRST_ATTEMPTS_OF_AN_ORDER) {
            return;
        }
        firstAttempts.add(answered ? ANSWERED : order);
        if (firstAttempts.size() > FIRST_ATTEMPTS) {
            firstAttempts.remove();
        }
    }

    private void open(Failure latest, Instant now) {
        String words =
                "Partner Center is down: call after call fails, whatever the order. The last one: ";
        outage =
                Failure.retryable(
                        ProblemType.UPSTREAM_UNAVAILABLE,
                        words + latest.detail(),
                        UpstreamHealth.PROBE_INTERVAL);
        period++;
        nextProbe = now.plus(UpstreamHealth.PROBE_INTERVAL);
        LOG.warn(
                "{} Trying one call every {} s",
                outage.detail(),
                UpstreamHealth.PROBE_INTERVAL.toSeconds());
    }

    private void close() {
        outage = null;
        period++;
        nextProbe = Instant.MAX;
        failedSince.clear();
        failures = 0;
        silentSince = null;
        firstAttempts.clear();
        LOG.info("Partner Center answers again");
    }
}
