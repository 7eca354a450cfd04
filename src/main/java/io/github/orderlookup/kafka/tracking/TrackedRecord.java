package io.github.orderlookup.kafka.tracking;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request record from its hand-over to the commit of its offset, in an {@link OffsetTracker}.
 *
 * <p>Thread-safe.
 */
public final class TrackedRecord {

    enum State {
        UNDER_WAY,
        DONE,
        DROPPED
    }

    /** How often a lookup ended without an outcome, and how it did last, in words. */
    record Failures(int count, String last) {}

    final PartitionOffsets partition;
    final long offset;
    final long bytes;
    final Instant takenAt;
    private volatile Supplier<Optional<String>> waitReason = Optional::empty;
    private State state = State.UNDER_WAY;
    private Failures failures = new Failures(0, "");
    private boolean abandoned;
    private @Nullable Runnable abandonListener;

    TrackedRecord(PartitionOffsets partition, long offset, long bytes, Instant takenAt) {
        this.partition = partition;
        this.offset = offset;
        this.bytes = bytes;
        this.takenAt = takenAt;
    }

    /**
     * Sets what happens when the partition goes to another instance while the record is under way.
     *
     * @param listener called at most once, at once if the partition is gone already; never blocks
     */
    public void onAbandoned(Runnable listener) {
        if (!setAbandonListener(listener)) {
            listener.run();
        }
    }

    private synchronized boolean setAbandonListener(Runnable listener) {
        abandonListener = abandoned ? null : listener;
        return !abandoned;
    }

    /** Whether another instance will answer the record. */
    public synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** The partition goes to another instance; the listener is to be called without a lock. */
    synchronized Optional<Runnable> abandon() {
        abandoned = true;
        Optional<Runnable> listener = Optional.ofNullable(abandonListener);
        abandonListener = null;
        return listener;
    }

    /**
     * Sets why the lookup waits.
     *
     * @param reason in words; empty while it does not wait, or should not. Never blocks
     */
    public void onWaiting(Supplier<Optional<String>> reason) {
        waitReason = reason;
    }

    Optional<String> waitReason() {
        return waitReason.get();
    }

    /**
     * The lookup ended without an outcome, and is tried again.
     *
     * @param how in words
     */
    public synchronized void failed(String how) {
        failures = new Failures(failures.count() + 1, how);
    }

    synchronized Failures failures() {
        return failures;
    }

    synchronized boolean isDone() {
        return state == State.DONE;
    }

    /** Ends the way of the record; false when it has ended already. */
    synchronized boolean settle(State end) {
        if (state != State.UNDER_WAY) {
            return false;
        }
        state = end;
        abandonListener = null;
        return true;
    }
}
