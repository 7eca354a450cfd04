package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.admission.CallPermit.State;
import io.github.orderlookup.lookup.Source.Share;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a permit waits for, and for how long it may: the end of its back-off and of pauses, its
 * deadline, an outage, a free slot.
 *
 * <p>Not thread-safe; guarded by the lock of {@link CallLimiter}.
 */
final class WaitRules {

    /** How long a permit that fails fast waits while no slot is free. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Calls that wait for a permit see another start or end within this time. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final Capacity capacity;
    private final CustomerThrottle throttle;
    private final Duration longestPause;
    private @Nullable Instant noFreeSlotSince;

    WaitRules(Capacity capacity, CustomerThrottle throttle, Duration longestPause) {
        this.capacity = capacity;
        this.throttle = throttle;
        this.longestPause = longestPause;
    }

    /** The earliest moment at which only a slot and the rate limiter keep a permit waiting. */
    Instant readyAt(CallPermit permit, Instant now) {
        return Admission.later(
                Admission.later(now, permit.notBefore), throttle.end(permit.customerId));
    }

    /**
     * The decision of a permit that would wait in vain; null when it may wait.
     *
     * @param permit knows since when it is ready, and since when its customer is paused
     */
    @Nullable Decision refusal(CallPermit permit, Instant now) {
        Instant next = Admission.later(permit.readyAt, capacity.rateLimiter.nextPermit(now));
        if (isPausedForTooLong(permit, now)) {
            return Decision.PAUSED;
        }
        if (permit.deadline != null && permit.deadline.isBefore(next)) {
            return Decision.EXPIRED;
        }
        boolean outage = !permit.source.waitsForOutageEnd() && capacity.health.isOutage();
        return outage && !isProbe(permit, next, now) ? Decision.OUTAGE : null;
    }

    /** Whether pauses of its customer delay a permit for longer than it may wait for that. */
    private boolean isPausedForTooLong(CallPermit permit, Instant now) {
        Instant end = throttle.endOf(permit.customerId);
        return end.isAfter(now)
                && permit.pausedSince != null
                && Duration.between(permit.pausedSince, end).compareTo(longestPause) > 0;
    }

    /** Whether the call of a permit starts at once and tests whether an outage is over. */
    private boolean isProbe(CallPermit permit, Instant next, Instant now) {
        return !next.isAfter(now)
                && capacity.hasPlace(permit.share, now)
                && capacity.health.mayCall(now);
    }

    /** Notes whether a slot is free for a permit that fails fast. */
    void noteSlots(Instant now) {
        if (capacity.hasPlace(Share.CALLERS, now)) {
            noFreeSlotSince = null;
        } else if (noFreeSlotSince == null) {
            noFreeSlotSince = now;
        }
    }

    /** When a permit that fails fast and is ready has waited for a slot for long enough. */
    Instant endOfPatience(CallPermit permit, Instant now) {
        Instant since =
                noFreeSlotSince == null ? now : Admission.later(noFreeSlotSince, permit.readyAt);
        return since.plus(PATIENCE);
    }

    /**
     * What a permit waits for, in words; null when it does not wait, when the call that it shares
     * is under way, or when nothing explains its wait: it is ready, and no call has started or
     * ended for minutes.
     */
    @Nullable String waitReason(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING || permit.sharing.isUnderWay()) {
            return null;
        }
        if (capacity.health.isOutage()) {
            return "the end of an outage";
        }
        if (permit.readyAt.isAfter(now)) {
            return throttle.end(permit.customerId).isAfter(now)
                    ? "the end of a pause that Partner Center has asked for"
                    : "its next attempt";
        }
        Instant since = Admission.later(permit.readyAt, capacity.lastStartOrEnd());
        return since.plus(STANDSTILL).isAfter(now) ? "a permit to call" : null;
    }
}
