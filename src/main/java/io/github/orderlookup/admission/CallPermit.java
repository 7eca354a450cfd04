package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Hold;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Source.Share;
import io.github.orderlookup.lookup.Tracing.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one lookup for one attempt, and the call slot that it holds once it has its turn.
 *
 * <p>In the order of their places. Guarded by {@link CallLimiter}, which hands out every verdict
 * exactly once.
 */
public final class CallPermit implements Comparable<CallPermit> {

    /** What came of the wait. */
    enum Decision {
        /** The call may leave; the slot is held until {@link CallLimiter#endCall}. */
        GRANTED,
        /** The deadline passed, or the next permitted moment lies beyond it. */
        EXPIRED,
        /** No free slot within the patience of the lookup. */
        OVERLOADED,
        /** The gate closes: the call will not be made by this process. */
        DROPPED,
        /** The caller is gone. */
        CANCELLED,
        /** The customer is paused for longer than a lookup may take. */
        PAUSED,
        /** The call could not be handed over to a thread; no slot is held. */
        FAILED,
        /** A call for the same order was made meanwhile; {@link #result} has what it came to. */
        SHARED,
        /** There is an outage, and the lookup is not one that waits for its end. */
        OUTAGE
    }

    enum State {
        WAITING,
        GRANTED,
        OVER
    }

    final String asked;
    final boolean collapse;
    final String customerId;
    final Source source;
    final Share share;
    final boolean failFast;
    final boolean firstAttempt;
    final Instant notBefore;
    final @Nullable Instant deadline;
    final Consumer<Decision> listener;

    State state = State.WAITING;

    /** When the back-off and the pauses are over: ahead while they last, and kept from then on. */
    Instant readyAt;

    /** When a pause of its customer first kept the turn from going, if one has. */
    @Nullable Instant pausedSince;

    /** Until when the customer is paused, for a turn whose verdict is {@link Decision#PAUSED}. */
    @Nullable Instant pausedUntil;

    /**
     * The place of the turn: counts them in the order in which they came. Negative until it has
     * one; a lookup that gave its slot back without a call takes its former place with it.
     */
    long number = -1;

    final List<ScheduledFuture<?>> alarms = new ArrayList<>(2);

    /** The turn whose call this one shares, if it has joined one. */
    @Nullable CallPermit leader;

    /** The turns that share the call of this one. */
    final List<CallPermit> followers = new ArrayList<>(0);

    /** The span of the call, while it is under way. */
    public Span span = Span.NONE;

    /**
     * The hold of the lookup on this turn: once released, no slot and no place in a line is left.
     */
    public Hold hold = () -> {};

    /** The hold of the lookup on what surrounds the call under way. */
    public Hold call = () -> {};

    /** The hold of the lookup on the memory of the answer to the call under way. */
    public Hold room = () -> {};

    /** Why the call could not be made, for a turn whose verdict is {@link Decision#FAILED}. */
    @Nullable Throwable error;

    /** What the call came to; set by whoever makes it, before it leaves. */
    @Nullable public CallResult result;

    /** What is wrong, for a turn whose verdict is {@link Decision#OUTAGE}. */
    @Nullable Failure outage;

    /** The period of the {@link CircuitBreaker} in which the call left. */
    int period;

    /** The round of the {@link SlowStart} in which the call left. */
    int round;

    /** How many outages there had been when the wait began. */
    int outagesBefore;

    /** Whether the turn was granted after a wait through an outage, or during one. */
    boolean outlasted;

    /**
     * @param asked the order, in one text
     * @param collapse whether it may share the call of another turn that asks for the same
     * @param firstAttempt whether no call has been made for the lookup yet
     * @param notBefore the earliest moment for the call
     * @param deadline the moment to give up, if there is one
     * @param listener called once with the decision, on a thread of the limiter's executor
     */
    CallPermit(
            String asked,
            boolean collapse,
            String customerId,
            Source source,
            boolean firstAttempt,
            Instant notBefore,
            @Nullable Instant deadline,
            Consumer<Decision> listener) {
        this.asked = asked;
        this.collapse = collapse;
        this.customerId = customerId;
        this.source = source;
        this.share = source.share();
        this.failFast = source.failsFast() && firstAttempt;
        this.firstAttempt = firstAttempt;
        this.notBefore = notBefore;
        this.deadline = deadline;
        this.listener = listener;
        this.readyAt = notBefore;
    }

    Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    @Override
    public int compareTo(CallPermit other) {
        return Long.compare(number, other.number);
    }

    void disarm() {
        alarms.forEach(alarm -> alarm.cancel(false));
        alarms.clear();
    }
}
