package io.github.orderlookup.kafka.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The request records that were taken from Kafka and are not committed yet, in the order of their
 * offsets.
 *
 * <p>Lookups end in any order; a partition is committed only up to the first record that has no
 * acknowledged outcome. Invariants: no offset is committable while an earlier one of its partition
 * has no outcome; {@link #pending} counts the records that are unanswered or that a crash would
 * repeat; a record of a partition that was given up changes no offset.
 *
 * <p>The offsets of a partition go back when its topic is re-created, truncated or reset. An offset
 * that is not above the last one taken restarts the partition: records of the old offsets are still
 * answered and no longer committed.
 *
 * <p>Thread-safe: the poll thread takes and commits, any thread settles. One class, since all of
 * its state changes under one lock.
 */
public final class OffsetTracker {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Map<TopicPartition, PartitionOffsets> partitions = new HashMap<>();
    private final Clock clock;
    private int pending;
    private long bytes;

    /**
     * @param clock monotonic
     */
    public OffsetTracker(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a record. Called in the order of the offsets of each partition.
     *
     * @param held bytes of memory that the record holds until it is settled
     */
    public TrackedRecord take(TopicPartition partition, long offset, long held) {
        return locked(
                () -> {
                    PartitionOffsets offsets = partitions.get(partition);
                    if (offsets == null || offset <= offsets.lastTaken()) {
                        remove(partition);
                        offsets = new PartitionOffsets();
                        partitions.put(partition, offsets);
                    }
                    TrackedRecord record =
                            new TrackedRecord(offsets, offset, held, clock.instant());
                    offsets.take(record);
                    pending++;
                    bytes += held;
                    return record;
                });
    }

    /** The outcome of the record was acknowledged. */
    public void done(TrackedRecord record) {
        settle(record, TrackedRecord.State.DONE);
    }

    /**
     * The record gets no outcome from this process: its offset, and all after it, stay uncommitted.
     */
    public void drop(TrackedRecord record) {
        settle(record, TrackedRecord.State.DROPPED);
    }

    private void settle(TrackedRecord record, TrackedRecord.State state) {
        lock.lock();
        try {
            if (record.settle(state)) {
                bytes -= record.bytes;
                record.partition.settled();
                settled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The offset after the last record answered without a gap, of each partition in which the
     * broker does not have it yet. For the poll thread, which commits them and then calls {@link
     * #committed}.
     */
    public Map<TopicPartition, OffsetAndMetadata> committable() {
        return locked(
                () -> {
                    Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
                    partitions.forEach(
                            (partition, offsets) ->
                                    offsets.beginCommit()
                                            .ifPresent(
                                                    offset ->
                                                            found.put(
                                                                    partition,
                                                                    new OffsetAndMetadata(
                                                                            offset))));
                    return found;
                });
    }

    /** The broker has stored the offsets of the last {@link #committable}. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> stored) {
        lock.lock();
        try {
            stored.forEach(
                    (partition, offset) -> {
                        PartitionOffsets offsets = partitions.get(partition);
                        if (offsets != null) {
                            pending -= offsets.committed(offset.offset());
                        }
                    });
        } finally {
            lock.unlock();
        }
    }

    /** Records taken and not yet committed. */
    public int pending() {
        return locked(() -> pending);
    }

    /** Those of one partition. */
    public int pending(TopicPartition partition) {
        return locked(
                () -> {
                    PartitionOffsets offsets = partitions.get(partition);
                    return offsets == null ? 0 : offsets.pending();
                });
    }

    /** Bytes that the records without an outcome hold. */
    public long bytes() {
        return locked(() -> bytes);
    }

    /** The last offset taken of a partition; -1 before the first. */
    public long lastTaken(TopicPartition partition) {
        return locked(
                () -> {
                    PartitionOffsets offsets = partitions.get(partition);
                    return offsets == null ? -1L : offsets.lastTaken();
                });
    }

    /** The head that was taken first; empty when every record has an outcome. */
    public Optional<PartitionHead> oldest() {
        return heads().stream().max(Comparator.comparing(PartitionHead::age));
    }

    /** The first record without an outcome of each partition that has one. */
    public List<PartitionHead> heads() {
        return locked(
                () -> {
                    Instant now = clock.instant();
                    List<PartitionHead> heads = new ArrayList<>();
                    partitions.forEach(
                            (partition, offsets) ->
                                    offsets.head()
                                            .map(head -> PartitionHead.of(partition, head, now))
                                            .ifPresent(heads::add));
                    return heads;
                });
    }

    /**
     * Waits until no record of these partitions is under way.
     *
     * @return false when the time ran out first
     */
    public boolean drain(Collection<TopicPartition> drained, long time, TimeUnit unit)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = unit.toNanos(time);
            while (known(drained).anyMatch(PartitionOffsets::isBusy)) {
                if (left <= 0) {
                    return false;
                }
                left = settled.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Stream<PartitionOffsets> known(Collection<TopicPartition> some) {
        return some.stream().map(partitions::get).filter(Objects::nonNull);
    }

    /** Calls the listeners of the records of these partitions that are under way. */
    public void abandon(Collection<TopicPartition> abandoned) {
        locked(() -> known(abandoned).flatMap(offsets -> offsets.abandon().stream()).toList())
                .forEach(Runnable::run);
    }

    /** Forgets partitions that another instance has, and abandons their records under way. */
    public void forget(Collection<TopicPartition> lost) {
        abandon(lost);
        restart(lost);
    }

    /**
     * Forgets the offsets of partitions whose offsets begin again; records under way are still
     * answered, and not committed.
     */
    public void restart(Collection<TopicPartition> restarted) {
        lock.lock();
        try {
            restarted.forEach(this::remove);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void remove(TopicPartition partition) {
        PartitionOffsets removed = partitions.remove(partition);
        if (removed != null) {
            pending -= removed.pending();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
