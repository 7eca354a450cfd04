package io.github.orderlookup.kafka.tracking;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The uncommitted offsets of one partition. Invariant: an offset becomes committable when it and
 * all before it have an acknowledged outcome. Guarded by the lock of its {@link OffsetTracker}.
 */
final class PartitionOffsets {

    private final Deque<TrackedRecord> records = new ArrayDeque<>();
    private int underWay;

    /** Records below {@link #committable} that are not committed. */
    private int answered;

    /** Those of the answered records that the commit under way covers. */
    private int committing;

    private long lastTaken = -1;
    private long committable = -1;
    private long committed = -1;

    void take(TrackedRecord record) {
        records.add(record);
        lastTaken = record.offset;
        underWay++;
    }

    /** The last offset taken; -1 before the first. */
    long lastTaken() {
        return lastTaken;
    }

    /** A record has left the state UNDER_WAY. */
    void settled() {
        underWay--;
        while (!records.isEmpty() && records.element().isDone()) {
            committable = records.remove().offset + 1;
            answered++;
        }
    }

    /** The offset to commit; empty when the broker has it already. */
    OptionalLong beginCommit() {
        if (committable == committed) {
            return OptionalLong.empty();
        }
        committing = answered;
        return OptionalLong.of(committable);
    }

    /**
     * The broker has stored the offset of the last {@link #beginCommit}.
     *
     * @return how many records it covers
     */
    int committed(long offset) {
        int covered = committing;
        committed = offset;
        answered -= covered;
        committing = 0;
        return covered;
    }

    /** Records taken and not yet committed. */
    int pending() {
        return records.size() + answered;
    }

    boolean isBusy() {
        return underWay > 0;
    }

    /** The first record without an acknowledged outcome. */
    Optional<TrackedRecord> head() {
        return Optional.ofNullable(records.peek());
    }

    /**
     * Marks the records as abandoned.
     *
     * @return the listeners of those under way, to be called without a lock
     */
    List<Runnable> abandon() {
        return records.stream().flatMap(record -> record.abandon().stream()).toList();
    }
}
