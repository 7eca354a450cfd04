package io.github.orderlookup.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deadlines of the calls under way, by their {@code MS-RequestId}: what the HTTP client needs
 * to know of a lookup beyond the request.
 *
 * <p>Thread-safe.
 */
public final class CallDeadlines {

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final Clock clock;

    /** Without a deadline for any call. */
    static CallDeadlines none() {
        return new CallDeadlines(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    public CallDeadlines(Clock clock) {
        this.clock = clock;
    }

    /** The call of this id starts and must end by then. */
    public void set(String requestId, Instant end) {
        ends.put(requestId, end);
    }

    /** The call of this id is over. */
    public void remove(String requestId) {
        ends.remove(requestId);
    }

    /**
     * The time left for the call of this id, zero or less after its deadline; empty without one.
     */
    public Optional<Duration> timeLeft(String requestId) {
        return Optional.ofNullable(ends.get(requestId))
                .map(end -> Duration.between(clock.instant(), end));
    }
}
