package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Source.Share;
import io.github.orderlookup.memory.ResponseMemory;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether another call may start, whichever it is: call slots, memory for responses, rate limit,
 * health of the service, and the first token.
 *
 * <p>While a share has asked for a permit within the last minute, an eighth of the slots is kept
 * for it; otherwise the other share may have all.
 *
 * <p>Not thread-safe; guarded by the lock of {@link CallLimiter}.
 */
final class Capacity {

    private static final int KEPT_PART = 8;
    private static final int YIELDING_PART = 8;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    final ResponseMemory.Shares memory;
    final RateLimiter rateLimiter;
    final Health health;
    private final int slots;
    private final Usage callers = new Usage();
    private final Usage kafka = new Usage();
    private int heldByYielding;
    private Instant lastStartOrEnd = Instant.MIN;

    /** Read without the lock as well. */
    private volatile boolean signedIn;

    /** The slots of a share. */
    private static final class Usage {
        private int held;
        private Instant keptUntil = Instant.MIN;
    }

    Capacity(int slots, ResponseMemory.Shares memory, RateLimiter rateLimiter, Health health) {
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

    /** A permit of this share begins to wait. */
    void waits(Share share, Instant now) {
        usage(share).keptUntil = now.plus(KEPT_FOR);
    }

    /** The slots that are held: calls under way. */
    int held() {
        return callers.held + kafka.held;
    }

    boolean isAnySlotFree() {
        return held() < slots;
    }

    /**
     * Whether a call of some share may start now. With a rate limit the first call starts alone and
     * the others wait until it has a token: calls that wait for the same token would arrive
     * together, closer than the rate limit allows.
     */
    boolean mayStart(Instant now) {
        boolean alone = held() == 0;
        return isAnySlotFree()
                && (signedIn || rateLimiter.isUnlimited() || alone)
                && !nextStart(now).isAfter(now);
    }

    /** The moment from which rate limit and health let a call start. */
    Instant nextStart(Instant now) {
        return Admission.later(rateLimiter.nextPermit(now), health.nextCall(now));
    }

    /** The same for a permit that yields, unless others have had enough. */
    Instant nextStartThatYields(Instant now) {
        return Admission.later(nextStart(now), rateLimiter.nextPermitThatYields(now));
    }

    /** Whether there are a slot for another call of the share and memory for its response. */
    boolean hasPlace(Share share, Instant now) {
        return slots - held() > keptFrom(share, now) && !memory.of(share).isExhausted();
    }

    /** Whether another call may start of a permit that yields: they hold an eighth at most. */
    boolean hasPlaceForYielding() {
        return isAnySlotFree() && heldByYielding < Math.max(1, slots / YIELDING_PART);
    }

    /** The free slots that are kept for the other share. */
    private int keptFrom(Share share, Instant now) {
        Usage other = share == Share.CALLERS ? kafka : callers;
        return other.keptUntil.isAfter(now) ? Math.max(0, slots / KEPT_PART - other.held) : 0;
    }

    /** The call of a permit starts. */
    Health.Call start(CallPermit permit, Instant now) {
        lastStartOrEnd = now;
        usage(permit.share).held++;
        heldByYielding += permit.yields ? 1 : 0;
        rateLimiter.take(now);
        return health.callStarts(permit.order, permit.firstAttempt, permit.outagesBefore, now);
    }

    /** The call of a permit is over; {@link Health} is notified apart. */
    void end(CallPermit permit, Instant now) {
        lastStartOrEnd = now;
        usage(permit.share).held--;
        heldByYielding -= permit.yields ? 1 : 0;
    }

    Instant lastStartOrEnd() {
        return lastStartOrEnd;
    }

    private Usage usage(Share share) {
        return share == Share.CALLERS ? callers : kafka;
    }
}
