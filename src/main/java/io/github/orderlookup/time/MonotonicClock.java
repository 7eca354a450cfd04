package io.github.orderlookup.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that does not jump: it starts at the time of the wall clock, and from then on it counts
 * with {@link System#nanoTime}.
 *
 * <p>Every duration of the module is measured with it: deadlines, pauses, back-off, the rate limit,
 * the circuit breaker. A step of the wall clock changes time stamps and nothing else. Thread-safe.
 */
public final class MonotonicClock extends Clock {

    private final Instant start;
    private final long startNanos;

    private MonotonicClock(Instant start, long startNanos) {
        this.start = start;
        this.startNanos = startNanos;
    }

    /** A clock that says the same as the wall clock at this moment. */
    public static MonotonicClock startingAt(Clock wall) {
        return new MonotonicClock(wall.instant(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Unsupported: durations have no time zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
