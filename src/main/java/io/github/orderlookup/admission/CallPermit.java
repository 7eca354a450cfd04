package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Source.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one lookup for one attempt, and the call slot that it holds once it is granted.
 * Compares by place.
 *
 * <p>The lock of {@link CallLimiter} guards its state, which {@link Admission} alone writes; {@link
 * RequestCollapser} and {@link Alarms} own one field each. The listener may read what its decision
 * refers to: it is written before the decision is delivered.
 */
public final class CallPermit implements Comparable<CallPermit> {

    /** What came of the wait. */
    public enum Decision {
        /** The call may start; the slot is held until {@link CallLimiter#release}. */
        GRANTED,
        /** The deadline passed, or the next possible moment lies beyond it. */
        EXPIRED,
        /** No free slot in time, for a source that fails fast. */
        OVERLOADED,
        /** The limiter is closed: this process will not make the call. */
        DROPPED,
        /** The caller is gone. */
        CANCELLED,
        /** The customer is paused for longer than a lookup may take; see {@link #pausedUntil}. */
        PAUSED,
        /** No thread took the call; see {@link #error}. No slot is held. */
        FAILED,
        /** A call for the same order was made meanwhile; see {@link #shared}. */
        SHARED,
        /** There is an outage, whose end the source does not wait for; see {@link #outage}. */
        OUTAGE
    }

    /**
     * The result of a call, for the lookups that share it.
     *
     * @param requestId the {@code MS-RequestId} of the call
     * @param body the bytes that may be an Order; not to be changed
     * @param failure how the call failed; null when the body is to be read
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried, never compared
    public record Result(String requestId, byte[] body, @Nullable Failure failure) {}

    enum State {
        WAITING,
        GRANTED,
        OVER
    }

    final String order;
    final boolean collapse;
    final String customerId;
    final Source source;
    final Share share;
    final boolean failFast;
    final boolean firstAttempt;
    final boolean yields;
    final Instant notBefore;
    final @Nullable Instant deadline;
    final Consumer<Decision> listener;

    State state = State.WAITING;

    /** The position in the order of arrival; negative until the permit has one. */
    long place;

    /** When back-off and pauses are over. */
    Instant readyAt;

    /** When a pause of its customer first delayed the permit. */
    @Nullable Instant pausedSince;

    @Nullable Instant pausedUntil;

    /** How many outages there had been when the wait began. */
    int outagesBefore;

    /** The call, as {@link Health} knows it; null before it starts. */
    Health.@Nullable Call call;

    @Nullable Failure outage;
    @Nullable Throwable error;
    @Nullable Result shared;

    final RequestCollapser.Sharing sharing = new RequestCollapser.Sharing();
    final List<ScheduledFuture<?>> alarms = new ArrayList<>(2);

    /**
     * @param order customer and order id in one text
     * @param collapse whether it may share the call of another permit for the same order
     * @param firstAttempt whether no call has been made for the lookup yet
     * @param yields whether it comes after the permits that do not
     * @param notBefore the earliest moment for the call
     * @param deadline null for none
     * @param place of an earlier permit whose slot was given back without a call; negative for none
     * @param listener called once with the decision, on a thread of the limiter's executor
     */
    public CallPermit(
            String order,
            boolean collapse,
            String customerId,
            Source source,
            boolean firstAttempt,
            boolean yields,
            Instant notBefore,
            @Nullable Instant deadline,
            long place,
            Consumer<Decision> listener) {
        this.order = order;
        this.collapse = collapse;
        this.customerId = customerId;
        this.source = source;
        this.share = source.share();
        this.failFast = source.failsFast() && firstAttempt;
        this.firstAttempt = firstAttempt;
        this.yields = yields;
        this.notBefore = notBefore;
        this.deadline = deadline;
        this.place = place;
        this.listener = listener;
        this.readyAt = notBefore;
    }

    /** The position in the order of arrival, for a permit that takes the place of this one. */
    public long place() {
        return place;
    }

    /** Whether there was an outage when the call started, or since the wait for it began. */
    public boolean hasOutlastedOutage() {
        return Objects.requireNonNull(call).outlasted();
    }

    /** The result of the call of another permit; not null for {@link Decision#SHARED}. */
    public @Nullable Result shared() {
        return shared;
    }

    /** The failure of lookups; not null for {@link Decision#OUTAGE}. */
    public @Nullable Failure outage() {
        return outage;
    }

    /** The end of the pause; not null for {@link Decision#PAUSED}. */
    public @Nullable Instant pausedUntil() {
        return pausedUntil;
    }

    /** Why no thread took the call; not null for {@link Decision#FAILED}. */
    public @Nullable Throwable error() {
        return error;
    }

    /** Whether it waits for a call of its own. */
    boolean mayBeGranted() {
        return state == State.WAITING && !sharing.isFollowing();
    }

    @Override
    public int compareTo(CallPermit other) {
        return Long.compare(place, other.place);
    }
}
