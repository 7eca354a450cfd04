package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RetryDecision.Outage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may start as far as Partner Center and the sign-in are concerned: none without a
 * token, one every five seconds while the {@link CircuitBreaker} is open, and after an outage as
 * many as the {@link SlowStart} allows.
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
public final class Health {

    private final CircuitBreaker breaker = new CircuitBreaker();
    private final SlowStart slowStart;
    private boolean suspended;
    private boolean probeAllowed;
    private @Nullable Failure suspension;
    private int outages;

    private final BooleanSupplier slow;

    /** Of a process that is warm and has CPU time. */
    Health(int slots) {
        this(new SlowStart(slots), () -> false);
    }

    /**
     * @param slow whether a timeout may be due to this process
     */
    public Health(SlowStart slowStart, BooleanSupplier slow) {
        this.slowStart = slowStart;
        this.slow = slow;
    }

    /** The failure of lookups during an outage; empty while there is none. */
    Optional<Failure> outage() {
        return suspension != null ? Optional.of(suspension) : breaker.outage();
    }

    boolean isOutage() {
        return suspension != null || breaker.isOpen();
    }

    CircuitBreakerState state() {
        if (isOutage()) {
            return CircuitBreakerState.OPEN;
        }
        return slowStart.isOver() ? CircuitBreakerState.CLOSED : CircuitBreakerState.HALF_OPEN;
    }

    /** Whether the next call tests whether an outage is over. */
    boolean isProbing() {
        return suspended ? probeAllowed : breaker.isOpen();
    }

    Outage outageState(Instant now) {
        if (isOutage()) {
            return Outage.PRESENT;
        }
        return breaker.isInDoubt(now) ? Outage.IN_DOUBT : Outage.NONE;
    }

    /**
     * The moment from which a call may start; {@link Instant#MAX} when something must happen first.
     */
    Instant nextCall(Instant now) {
        if (suspended) {
            return probeAllowed ? now : Instant.MAX;
        }
        if (breaker.isOpen()) {
            return breaker.nextProbe();
        }
        return slowStart.nextCall(now);
    }

    boolean mayCall(Instant now) {
        return !nextCall(now).isAfter(now);
    }

    /** How many outages have begun. */
    int outages() {
        return outages;
    }

    /**
     * A call as it was when it started.
     *
     * @param outlasted whether it started during an outage, or its lookup has waited through one
     */
    record Call(CircuitBreaker.Call call, int round, boolean outlasted) {}

    /**
     * A call starts.
     *
     * @param outagesBefore {@link #outages} when the wait for it began
     */
    Call callStarts(String order, boolean firstAttempt, int outagesBefore, Instant now) {
        probeAllowed = false;
        boolean outlasted = isOutage() || outagesBefore != outages;
        return new Call(
                breaker.callStarts(order, firstAttempt, now), slowStart.callStarts(now), outlasted);
    }

    /**
     * A call is over.
     *
     * @param result null when the call says nothing of the health
     * @return whether an outage begins by it
     */
    boolean callEnds(Call call, CallPermit.@Nullable Result result, Instant now) {
        Failure failure = result == null ? null : result.failure();
        if (result == null || (failure != null && isOwnTimeout(failure))) {
            slowStart.callEnds(call.round(), false, now);
            return false;
        }
        Failure down = failure != null && failure.isOutage() ? failure : null;
        slowStart.callEnds(call.round(), down == null, now);
        boolean wasOpen = breaker.isOpen();
        breaker.callEnds(call.call(), down, now);
        if (wasOpen && !breaker.isOpen()) {
            slowStart.begin(now);
        }
        return begins(!wasOpen && breaker.isOpen());
    }

    /**
     * No token can be obtained.
     *
     * @param outage the failure of lookups; null while it is too early to call it an outage
     * @return whether an outage begins by it
     */
    boolean suspend(@Nullable Failure outage) {
        boolean begins = suspension == null && outage != null;
        suspended = true;
        suspension = outage;
        probeAllowed = false;
        return begins(begins);
    }

    /** One call may start although there is no token, to test whether that is over. */
    void allowProbe() {
        probeAllowed = suspended;
    }

    /** A timeout while this process had no time to read the response is no evidence. */
    private boolean isOwnTimeout(Failure failure) {
        return failure.type() == ProblemType.UPSTREAM_TIMEOUT
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
