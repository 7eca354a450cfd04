package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may leave as far as the health of Partner Center and of the sign-in goes: none
 * while nobody can sign in, one now and then while the {@link Breaker} is open, and after an outage
 * as many as the {@link SlowStart} allows.
 *
 * <p>Not thread-safe; guarded by {@link CallGate}.
 */
public final class Health {

    private final Breaker breaker = new Breaker();
    private final SlowStart slowStart;
    private boolean suspended;
    private boolean probeAllowed;
    private @Nullable Failure suspension;
    private int outages;

    private final BooleanSupplier slow;

    /** That of a process that is warm, and never slow itself. */
    Health(int slots) {
        this(new SlowStart(slots), () -> false);
    }

    /**
     * @param slow whether this process is or was too slow for a timeout to be the service's
     */
    public Health(SlowStart slowStart, BooleanSupplier slow) {
        this.slowStart = slowStart;
        this.slow = slow;
    }

    /** What a caller is told during an outage; empty while there is none. */
    Optional<Failure> outage() {
        return suspension != null ? Optional.of(suspension) : breaker.outage();
    }

    boolean isOutage() {
        return suspension != null || breaker.isOpen();
    }

    BreakerState state() {
        if (isOutage()) {
            return BreakerState.OPEN;
        }
        return slowStart.isOver() ? BreakerState.CLOSED : BreakerState.HALF_OPEN;
    }

    /** Whether the next call that leaves finds out whether an outage is over. */
    boolean isProbing() {
        return suspended ? probeAllowed : breaker.isOpen();
    }

    /** Whether calls fail for others as well, and it is too early to say that it is an outage. */
    boolean isInDoubt(Instant now) {
        return breaker.isInDoubt(now);
    }

    /** From when on a call may leave; far ahead when something must happen first. */
    Instant nextLeave(Instant now) {
        if (suspended) {
            return probeAllowed ? now : Instant.MAX;
        }
        if (breaker.isOpen()) {
            return breaker.nextProbe();
        }
        return slowStart.nextLeave(now);
    }

    boolean mayLeave(Instant now) {
        return !nextLeave(now).isAfter(now);
    }

    /** A turn begins to wait. */
    void enters(Turn turn) {
        turn.outagesBefore = outages;
    }

    /** The call of a turn leaves. */
    void leaves(Turn turn, Instant now) {
        probeAllowed = false;
        turn.outlasted = isOutage() || turn.outagesBefore != outages;
        breaker.leaves(turn, now);
        slowStart.leaves(turn, now);
    }

    /**
     * The call of a turn is over; it says nothing of the health if it has no result.
     *
     * @return whether an outage begins by it
     */
    boolean over(Turn turn, Instant now) {
        CallResult result = turn.result;
        if (result == null || isOwnFault(result)) {
            slowStart.over(turn, false, now);
            return false;
        }
        Failure failure = result.failure();
        Failure fault = failure != null && failure.isOutage() ? failure : null;
        slowStart.over(turn, fault == null, now);
        boolean wasOpen = breaker.isOpen();
        breaker.judge(turn, fault, now);
        if (wasOpen && !breaker.isOpen()) {
            slowStart.begin(now);
        }
        return begins(!wasOpen && breaker.isOpen());
    }

    /**
     * Nobody can sign in.
     *
     * @param outage what a caller is told; null while it is too early to speak of an outage
     * @return whether an outage begins by it
     */
    boolean suspend(@Nullable Failure outage) {
        boolean begins = suspension == null && outage != null;
        suspended = true;
        suspension = outage;
        probeAllowed = false;
        return begins(begins);
    }

    /** One call may leave though nobody can sign in, to find out whether that is over. */
    void allowProbe() {
        probeAllowed = suspended;
    }

    /** A timeout that passed while this process had no time to read the answer is no evidence. */
    private boolean isOwnFault(CallResult result) {
        Failure failure = result.failure();
        return failure != null
                && failure.type() == ProblemType.UPSTREAM_TIMEOUT
                && failure.upstream() == null
                && slow.getAsBoolean();
    }

    /** There is a token again. */
    void resume(Instant now) {
        if (suspension != null) {
            slowStart.begin(now);
        }
        suspended = false;
        suspension = null;
        probeAllowed = false;
    }

    private boolean begins(boolean outage) {
        outages += outage ? 1 : 0;
        return outage;
    }
}
