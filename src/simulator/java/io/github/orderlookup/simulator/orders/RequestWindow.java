package io.github.orderlookup.simulator.orders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * So many requests in any 60 seconds; refused requests count too, so hammering prolongs the
 * refusal. Thread-safe.
 */
public final class RequestWindow {

    private static final Duration LENGTH = Duration.ofSeconds(60);

    private final Clock clock;

    /**
     * The newest requests, never more than the limit: if the oldest is in the window, it is full.
     */
    private final Deque<Instant> newest = new ArrayDeque<>();

    private int limit;

    public RequestWindow(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param requests 0 for no limit
     */
    public synchronized void limit(int requests) {
        limit = requests;
        newest.clear();
    }

    /** Counts a request. Present when it is refused: the seconds after which one would pass. */
    public synchronized OptionalInt refusal() {
        if (limit == 0) {
            return OptionalInt.empty();
        }
        Instant now = clock.instant();
        boolean full = newest.size() == limit && leaves(newest.getFirst()).isAfter(now);
        if (newest.size() == limit) {
            newest.removeFirst();
        }
        newest.addLast(now);
        return full ? OptionalInt.of(secondsUntilFree(now)) : OptionalInt.empty();
    }

    private int secondsUntilFree(Instant now) {
        long millis = Duration.between(now, leaves(newest.getFirst())).toMillis();
        return (int) Math.max(1, (millis + 999) / 1000);
    }

    private static Instant leaves(Instant request) {
        return request.plus(LENGTH);
    }
}
