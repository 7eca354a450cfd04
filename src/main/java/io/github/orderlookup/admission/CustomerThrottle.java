package io.github.orderlookup.admission;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Until when Partner Center has asked to be called no more: for one customer, or for all when it
 * throttles a second customer meanwhile, since then the limit of the partner is reached.
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
final class CustomerThrottle {

    private static final Duration LONGEST_FOR_ALL = Duration.ofMinutes(5);

    /** By customer, of whom some callers write the GUID in capitals. */
    private final Map<String, Instant> ends = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Instant endForAll = Instant.MIN;
    private long count;

    /** A customer is throttled now, for so long. */
    void add(String customerId, Instant now, Duration pause) {
        count++;
        ends.values().removeIf(end -> !end.isAfter(now));
        ends.merge(customerId, now.plus(pause), Admission::later);
        if (ends.size() > 1) {
            endForAll = Admission.later(endForAll, now.plus(Durations.min(pause, LONGEST_FOR_ALL)));
        }
    }

    /** Pauses so far. */
    long count() {
        return count;
    }

    /** Customers for whom no call may start now. */
    int customers(Instant now) {
        return (int) ends.values().stream().filter(end -> end.isAfter(now)).count();
    }

    /** Whether no call may start now. */
    boolean isForAll(Instant now) {
        return endForAll.isAfter(now);
    }

    /** The moment from which calls for this customer may start; in the past when they may now. */
    Instant end(String customerId) {
        return Admission.later(endOf(customerId), endForAll);
    }

    /** The end of the pause of this customer itself; in the past when it has none. */
    Instant endOf(String customerId) {
        return ends.getOrDefault(customerId, Instant.MIN);
    }
}
