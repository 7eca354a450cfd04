package io.github.orderlookup.http;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Hold;
import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP client needs to know of the calls under way beyond their requests, by their {@code
 * MS-RequestId}.
 *
 * <p>Thread-safe.
 */
public final class CallsUnderWay {

    private final Map<String, Bounds> calls = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * @param end when the call must be over; null for no deadline
     * @param memory of the response
     */
    private record Bounds(@Nullable Instant end, MemoryClaim memory) {}

    /**
     * @param clock that of the deadlines
     */
    public CallsUnderWay(Clock clock) {
        this.clock = clock;
    }

    /** Without a call: nothing is bounded. */
    static CallsUnderWay none() {
        return new CallsUnderWay(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /**
     * A call starts.
     *
     * @param end when it must be over; null for no deadline
     * @param memory of the response
     * @return to be released at its end
     */
    public Hold begin(String requestId, @Nullable Instant end, MemoryClaim memory) {
        calls.put(requestId, new Bounds(end, memory));
        return () -> calls.remove(requestId);
    }

    /** The time left for the call of a request, at most {@code most}; negative if it is late. */
    public Duration timeLeft(HttpRequest request, Duration most) {
        Bounds bounds = bounds(request);
        return bounds == null || bounds.end() == null
                ? most
                : Durations.min(most, Duration.between(clock.instant(), bounds.end()));
    }

    /** The claim on memory for the response to a request; unlimited for an unknown call. */
    MemoryClaim memory(HttpRequest request) {
        Bounds bounds = bounds(request);
        return bounds == null ? MemoryClaim.unlimited() : bounds.memory();
    }

    private @Nullable Bounds bounds(HttpRequest request) {
        Header id = request.getFirstHeader(HeaderNames.REQUEST_ID);
        return id == null ? null : calls.get(id.getValue());
    }
}
