package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallPermit;
import io.github.orderlookup.lookup.Hold;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.memory.MemoryClaim;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One call of a lookup, from the wait for its permit until the next step that waits: what the
 * lookup holds for it, and how it ended. It is a property of the exchange.
 *
 * <p>Belongs to the thread that processes the exchange. What it holds is released exactly once: at
 * the end of the call, or with the lookup, on any thread.
 */
final class CallUnderWay {

    private static final String PROPERTY = "order-lookup-call";
    private static final Hold NOTHING = () -> {};

    private final Lookup lookup;
    private final CallPermit permit;

    /** On the permit: once released, the lookup has no slot and no place in the queue. */
    private Hold permitHold = NOTHING;

    /** On the span, and on what the HTTP client knows of the call. */
    private Hold callHold = NOTHING;

    /** On the memory of the response. */
    private Hold memoryHold = NOTHING;

    private Span span = Span.NONE;
    private @Nullable MemoryClaim memory;
    private @Nullable Instant started;
    private CallPermit.@Nullable Result result;
    private @Nullable End end;
    private boolean keepsPlace;

    CallUnderWay(Lookup lookup, CallPermit permit) {
        this.lookup = lookup;
        this.permit = permit;
    }

    /** The last call of the lookup; null before the first, and after the result of another. */
    static @Nullable CallUnderWay in(Exchange exchange) {
        return exchange.getProperty(PROPERTY, CallUnderWay.class);
    }

    static void remove(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    CallPermit permit() {
        return permit;
    }

    /** The lookup begins to wait for the permit, which it holds from now on. */
    void hold(Exchange exchange, CallLimiter limiter) {
        exchange.setProperty(PROPERTY, this);
        permitHold = lookup.hold(() -> limiter.release(permit, result));
    }

    /**
     * The call starts.
     *
     * @param known on what the HTTP client knows of it
     * @param giveBack gives the memory back
     */
    void start(Instant now, Span begun, Hold known, MemoryClaim claim, Runnable giveBack) {
        started = now;
        span = begun;
        memory = claim;
        callHold =
                lookup.hold(
                        () -> {
                            begun.end();
                            known.release();
                        });
        memoryHold = lookup.hold(giveBack);
    }

    Span span() {
        return span;
    }

    /** How long ago the call started. */
    Duration taken(Instant now) {
        return started == null ? Duration.ZERO : Duration.between(started, now);
    }

    /** The call brought this, for the lookups that share it. */
    void bring(CallPermit.Result brought) {
        result = brought;
    }

    /** The call ended in no response. */
    void endAs(End how) {
        end = how;
    }

    /** How the call ended; null when it ended in a response. */
    @Nullable End end() {
        return end;
    }

    /** The lookup waits for its next permit at the same place: this one led to no call. */
    void keepPlace() {
        keepsPlace = true;
    }

    /** The place for the next permit; negative for a new one. */
    long nextPlace() {
        return keepsPlace ? permit.place() : -1;
    }

    /** Whether the memory claimed while the response was read suffices to read it as an Order. */
    boolean covers(int bodyBytes) {
        return memory != null && memory.covers(bodyBytes);
    }

    /** The call is over; the lookup keeps the memory of a response that is to be read. */
    void release() {
        callHold.release();
        permitHold.release();
        result = null;
        if (!lookup.isAnswered()) {
            memoryHold.release();
        }
    }
}
