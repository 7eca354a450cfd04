package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Source.Share;
import io.github.orderlookup.memory.MemoryShares;
import java.time.Instant;

/**
 * Whether another call may start, whichever it is: call slots, memory for responses, rate limit,
 * health of the service, and the first token.
 *
 * <p>Not thread-safe; guarded by the lock of {@link CallLimiter}.
 */
final class Capacity {

    final Slots slots;
    final MemoryShares memory;
    final RateLimiter rateLimiter;
    final Health health;
    private Instant lastStartOrEnd = Instant.MIN;

    /** Read without the lock as well. */
    private volatile boolean signedIn;

    Capacity(Slots slots, MemoryShares memory, RateLimiter rateLimiter, Health health) {
        this.slots = slots;
        this.memory = memory;
        this.rateLimiter = rateLimiter;
        this.health = health;
    }

    /** A call has its token. */
    void signedIn() {
        signedIn = true;
    }

    boolean hasSignedIn() {
        return signedIn;
    }

    /**
     * Whether a call of some share may start now. With a rate limit the first call starts alone and
     * the others wait until it has a token: calls that wait for the same token would arrive
     * together, closer than the rate limit allows.
     */
    boolean mayStart(Instant now) {
        boolean alone = slots.held() == 0;
        return slots.isAnyFree()
                && (signedIn || rateLimiter.isUnlimited() || alone)
                && !nextStart(now).isAfter(now);
    }

    /** The moment from which rate limit and health let a call start. */
    Instant nextStart(Instant now) {
        return Admission.later(rateLimiter.nextPermit(now), health.nextCall(now));
    }

    /** Whether there are a slot for another call of the share and memory for its response. */
    boolean hasPlace(Share share, Instant now) {
        return slots.isFreeFor(share, now) && !memory.of(share).isExhausted();
    }

    /** The call of a permit starts. */
    Health.Call start(CallPermit permit, Instant now) {
        lastStartOrEnd = now;
        slots.acquire(permit.share);
        rateLimiter.take(now);
        return health.callStarts(permit.order, permit.firstAttempt, permit.outagesBefore, now);
    }

    /** The call of a share is over; {@link Health} is notified apart. */
    void end(Share share, Instant now) {
        lastStartOrEnd = now;
        slots.release(share);
    }

    Instant lastStartOrEnd() {
        return lastStartOrEnd;
    }
}
