package io.github.orderlookup.settings;

import java.time.Duration;

/**
 * The limits of lookups, over all sources of one instance.
 *
 * @param maxAttempts of one lookup, the first included
 * @param deadline how long one lookup may take
 * @param maxInFlight calls to Partner Center under way at once
 * @param maxPending Kafka requests taken and not yet committed
 * @param collapse whether lookups of the same order that wait for a permit share one call
 * @param settleTimeout how long a request waits at most for its order to settle
 */
public record LookupSettings(
        int maxAttempts,
        Duration deadline,
        int maxInFlight,
        int maxPending,
        boolean collapse,
        Duration settleTimeout) {

    private static final int LARGEST_POLL = 500;

    /**
     * Records that one poll may bring: a share of {@link #maxPending}, so that polling pauses in
     * time.
     */
    public int maxPollRecords() {
        return Math.max(1, Math.min(LARGEST_POLL, maxPending / 4));
    }

    /** The same of waiting requests: a small share, as each partition has a share of its own. */
    public int maxWaitingPollRecords() {
        return Math.max(1, Math.min(LARGEST_POLL, maxPending / 40));
    }
}
