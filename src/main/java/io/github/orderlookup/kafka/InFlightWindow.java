package io.github.orderlookup.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The requests that were taken from Kafka and are not committed yet, in the order of their offsets.
 *
 * <p>Lookups end in any order; a partition is committed only up to the first request that has no
 * acknowledged outcome. Invariants: no offset is committable while an earlier one of its partition
 * is unanswered; {@link #pending} counts what a crash would repeat or has not answered; a ticket of
 * a partition that was given up changes nothing.
 *
 * <p>Thread-safe: the poll thread takes and commits, any thread settles.
 */
final class InFlightWindow {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private int pending;

    /** One request under way. */
    static final class Ticket {
        private final Lane lane;
        private final long offset;
        private State state = State.UNDER_WAY;

        private Ticket(Lane lane, long offset) {
            this.lane = lane;
            this.offset = offset;
        }

        private enum State {
            UNDER_WAY,
            DONE,
            DROPPED
        }
    }

    private static final class Lane {
        private final Deque<Ticket> tickets = new ArrayDeque<>();
        private int underWay;

        /** Answered without a gap before them, and not committed. */
        private int answered;

        /** Those of the answered that the commit under way covers. */
        private int committing;

        private long committable = -1;
        private long committed = -1;
    }

    /** Notes that a request is taken. Called in the order of the offsets of each partition. */
    Ticket take(TopicPartition partition, long offset) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(partition, absent -> new Lane());
            Ticket ticket = new Ticket(lane, offset);
            lane.tickets.add(ticket);
            lane.underWay++;
            pending++;
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** The outcome of the request was acknowledged. */
    void done(Ticket ticket) {
        settle(ticket, Ticket.State.DONE);
    }

    /**
     * The request will get no outcome from this process: its offset, and all after it, stay
     * uncommitted.
     */
    void drop(Ticket ticket) {
        settle(ticket, Ticket.State.DROPPED);
    }

    private void settle(Ticket ticket, Ticket.State state) {
        lock.lock();
        try {
            if (ticket.state != Ticket.State.UNDER_WAY) {
                return;
            }
            ticket.state = state;
            Lane lane = ticket.lane;
            lane.underWay--;
            while (!lane.tickets.isEmpty() && lane.tickets.element().state == Ticket.State.DONE) {
                lane.committable = lane.tickets.remove().offset + 1;
                lane.answered++;
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What can be committed and is not: the offset after the last one answered without a gap. For
     * the poll thread, which commits it and then calls {@link #committed}.
     */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        lock.lock();
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            lanes.forEach(
                    (partition, lane) -> {
                        if (lane.committable > lane.committed) {
                            lane.committing = lane.answered;
                            offsets.put(partition, new OffsetAndMetadata(lane.committable));
                        }
                    });
            return offsets;
        } finally {
            lock.unlock();
        }
    }

    /** The broker has taken what {@link #committable} said last. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        lock.lock();
        try {
            offsets.forEach(
                    (partition, offset) -> {
                        Lane lane = lanes.get(partition);
                        if (lane != null) {
                            lane.committed = offset.offset();
                            lane.answered -= lane.committing;
                            pending -= lane.committing;
                            lane.committing = 0;
                        }
                    });
        } finally {
            lock.unlock();
        }
    }

    /** Requests taken and not yet committed. */
    int pending() {
        lock.lock();
        try {
            return pending;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing of these partitions is under way.
     *
     * @return false when the time ran out first
     */
    boolean drain(Collection<TopicPartition> partitions, long time, TimeUnit unit)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = unit.toNanos(time);
            while (partitions.stream().anyMatch(this::isBusy)) {
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

    private boolean isBusy(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        return lane != null && lane.underWay > 0;
    }

    /**
     * Forgets partitions that are no longer ours; what is under way for them ends without a commit.
     */
    void forget(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            for (TopicPartition partition : partitions) {
                Lane lane = lanes.remove(partition);
                if (lane != null) {
                    pending -= lane.tickets.size() + lane.answered;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
