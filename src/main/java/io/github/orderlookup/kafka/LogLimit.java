package io.github.orderlookup.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Permits one line a minute for each thing that repeats. Thread-safe. */
public final class LogLimit {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MANY = 1_000;

    private final Clock clock;
    private final Map<String, Instant> next = new HashMap<>();

    /**
     * @param clock monotonic
     */
    public LogLimit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether a line about this may be written now.
     *
     * @param about what repeats, without what differs each time
     */
    public synchronized boolean permits(String about) {
        Instant now = clock.instant();
        if (now.isBefore(next.getOrDefault(about, now))) {
            return false;
        }
        if (next.size() >= MANY) {
            next.values().removeIf(moment -> !now.isBefore(moment));
        }
        next.put(about, now.plus(INTERVAL));
        return true;
    }
}
