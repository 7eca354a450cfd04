package io.github.orderlookup.time;

import java.time.Duration;

/** Calculates with durations. */
public final class Durations {
    private static final int MOST_DOUBLINGS = 16;

    private Durations() {}

    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    public static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * An exponential back-off: the first duration, doubled so many times, at most the longest one.
     *
     * @param first at least a 65,536th of the longest one
     * @param doublings zero or more
     */
    public static Duration doubled(Duration first, int doublings, Duration longest) {
        return min(first.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS)), longest);
    }
}
