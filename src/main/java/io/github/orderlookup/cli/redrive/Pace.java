package io.github.orderlookup.cli.redrive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Spaces what is sent evenly. Not thread-safe. */
final class Pace {

    private static final double NANOS = 1e9;

    private final Duration interval;
    private final Clock clock;
    private final Stop stop;
    private Instant next;

    /**
     * @param rate a second; null for no limit
     * @param clock monotonic
     */
    Pace(@Nullable Double rate, Clock clock, Stop stop) {
        this.interval = rate == null ? Duration.ZERO : Duration.ofNanos((long) (NANOS / rate));
        this.clock = clock;
        this.stop = stop;
        this.next = clock.instant();
    }

    /**
     * Waits for the next turn. What was not used before is not made up for.
     *
     * @return false when the run is to end instead
     */
    boolean await() {
        Instant now = clock.instant();
        boolean goesOn =
                now.isBefore(next) ? stop.sleep(Duration.between(now, next)) : !stop.isRequested();
        next = (now.isBefore(next) ? next : now).plus(interval);
        return goesOn;
    }

    /** Whether the run is to end. */
    boolean isStopped() {
        return stop.isRequested();
    }
}
