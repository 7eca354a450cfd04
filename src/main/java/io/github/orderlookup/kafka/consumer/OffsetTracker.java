package io.github.orderlookup.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were taken from Kafka and are not committed yet, in the order of their offsets.
 *
 * <p>Lookups end in any order; a partition is committed only up to the first request that has no
 * acknowledged outcome. Invariants: no offset is committable while an earlier one of its partition
 * is unanswered; {@link #pending} counts what a crash would repeat or has not answered; a ticket of
 * a partition that was given up changes nothing.
 *
 * <p>The offsets of a partition may go back (its topic was made anew, truncated or reset). They are
 * followed: an offset that is not above the last one taken begins the partition anew, requests of
 * the old offsets are still answered and no longer committed.
 *
 * <p>Thread-safe: the poll thread takes and commits, any thread settles.
 */
public final class OffsetTracker {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Clock clock;
    private int pending;
    private long bytes;

    /**
     * @param clock monotonic
     */
    public OffsetTracker(Clock clock) {
        this.clock = clock;
    }

    /** One request under way. */
    public static final class Ticket {
        private final Lane lane;
        private final long offset;
        private final long bytes;
        private final Instant takenAt;
        private State state = State.UNDER_WAY;
        private boolean abandoned;
        private @Nullable Runnable listener;
        private volatile Supplier<Optional<String>> waitReason = Optional::empty;
        private int failures;
        private String failure = "";

        private Ticket(Lane lane, long offset, long bytes, Instant takenAt) {
            this.lane = lane;
            this.offset = offset;
            this.bytes = bytes;
            this.takenAt = takenAt;
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

        private long lastTaken = -1;
        private long committable = -1;
        private long committed = -1;
    }

    /**
     * The request without an outcome that was taken first.
     *
     * @param age how long ago it was taken
     */
    public record Oldest(TopicPartition partition, long offset, Duration age) {}

    /**
     * The first request of a partition that has no acknowledged outcome: it keeps the offsets of
     * all after it from being committed.
     *
     * @param age how long ago it was taken
     * @param failures how often it has ended without an outcome, to be tried again
     * @param failure the last of them, in words
     */
    public record Head(
            Ticket ticket,
            TopicPartition partition,
            long offset,
            Duration age,
            int failures,
            String failure) {

        /** What the request waits for, in words; empty when it does not wait, or should not. */
        public Optional<String> waitReason() {
            return ticket.waitReason.get();
        }
    }

    /** Notes that a request is taken that holds no memory. */
    Ticket take(TopicPartition partition, long offset) {
        return take(partition, offset, 0);
    }

    /**
     * Notes that a request is taken. Called in the order of the offsets of each partition.
     *
     * @param held bytes of memory that the request holds until it is settled
     */
    public Ticket take(TopicPartition partition, long offset, long held) {
        lock.lock();
        try {
            Lane lane = lanes.get(partition);
            if (lane == null || offset <= lane.lastTaken) {
                giveUp(lane);
                lane = new Lane();
                lanes.put(partition, lane);
            }
            Ticket ticket = new Ticket(lane, offset, held, clock.instant());
            lane.tickets.add(ticket);
            lane.lastTaken = offset;
            lane.underWay++;
            pending++;
            bytes += held;
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Registers what is to be done when the partition of a request goes to another instance while
     * the request is under way. It is called at most once, at once if that has happened already.
     *
     * @param listener short, never blocks
     */
    public void onAbandoned(Ticket ticket, Runnable listener) {
        boolean now;
        lock.lock();
        try {
            now = ticket.abandoned;
            ticket.listener = now ? null : listener;
        } finally {
            lock.unlock();
        }
        if (now) {
            listener.run();
        }
    }

    /** Whether another instance will answer the request. */
    public boolean isAbandoned(Ticket ticket) {
        return ask(tracker -> ticket.abandoned);
    }

    /**
     * Registers what a request waits for.
     *
     * @param reason in words; empty while it does not wait, or should not. Never blocks
     */
    public void explain(Ticket ticket, Supplier<Optional<String>> reason) {
        ticket.waitReason = reason;
    }

    /**
     * The request ended without an outcome, and is tried again.
     *
     * @param how in words
     */
    public void failed(Ticket ticket, String how) {
        lock.lock();
        try {
            ticket.failures++;
            ticket.failure = how;
        } finally {
            lock.unlock();
        }
    }

    /** The outcome of the request was acknowledged. */
    public void done(Ticket ticket) {
        settle(ticket, Ticket.State.DONE);
    }

    /**
     * The request will get no outcome from this process: its offset, and all after it, stay
     * uncommitted.
     */
    public void drop(Ticket ticket) {
        settle(ticket, Ticket.State.DROPPED);
    }

    private void settle(Ticket ticket, Ticket.State state) {
        lock.lock();
        try {
            if (ticket.state != Ticket.State.UNDER_WAY) {
                return;
            }
            ticket.state = state;
            ticket.listener = null;
            bytes -= ticket.bytes;
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
    public Map<TopicPartition, OffsetAndMetadata> committable() {
        lock.lock();
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            lanes.forEach(
                    (partition, lane) -> {
                        if (lane.committable != lane.committed) {
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
    public int pending() {
        return ask(tracker -> tracker.pending);
    }

    /** Bytes that the requests without an outcome hold. */
    public long bytes() {
        return ask(tracker -> tracker.bytes);
    }

    /** The last offset taken of a partition; -1 before the first. */
    long lastTaken(TopicPartition partition) {
        return ask(
                tracker -> {
                    Lane lane = tracker.lanes.get(partition);
                    return lane == null ? -1L : lane.lastTaken;
                });
    }

    /** The request without an outcome that was taken first; empty when there is none. */
    public Optional<Oldest> oldest() {
        return ask(OffsetTracker::findOldest);
    }

    private Optional<Oldest> findOldest() {
        return findHeads().stream()
                .map(head -> new Oldest(head.partition(), head.offset(), head.age()))
                .max(Comparator.comparing(Oldest::age));
    }

    /** The first request without an outcome of each partition that has one. */
    public List<Head> heads() {
        return ask(OffsetTracker::findHeads);
    }

    private List<Head> findHeads() {
        Instant now = clock.instant();
        List<Head> heads = new ArrayList<>();
        lanes.forEach(
                (partition, lane) -> {
                    Ticket head = lane.tickets.peek();
                    if (head != null) {
                        Duration age = Duration.between(head.takenAt, now);
                        heads.add(
                                new Head(
                                        head,
                                        partition,
                                        head.offset,
                                        age,
                                        head.failures,
                                        head.failure));
                    }
                });
        return heads;
    }

    private <T> T ask(Function<OffsetTracker, T> question) {
        lock.lock();
        try {
            return question.apply(this);
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
     * Tells the requests of these partitions that are under way that another instance will answer
     * them: the listener of each decides what that means.
     */
    void abandon(Collection<TopicPartition> partitions) {
        List<Runnable> listeners = new ArrayList<>();
        lock.lock();
        try {
            for (TopicPartition partition : partitions) {
                Lane lane = lanes.get(partition);
                if (lane != null) {
                    lane.tickets.forEach(ticket -> abandon(ticket, listeners));
                }
            }
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private static void abandon(Ticket ticket, List<Runnable> listeners) {
        ticket.abandoned = true;
        if (ticket.listener != null) {
            listeners.add(ticket.listener);
            ticket.listener = null;
        }
    }

    /**
     * Forgets partitions that are no longer ours; what is under way for them ends without a commit,
     * and what only waits is abandoned.
     */
    public void forget(Collection<TopicPartition> partitions) {
        abandon(partitions);
        startAnew(partitions);
    }

    /**
     * Forgets the offsets of partitions whose offsets begin anew; what is under way for them is
     * still answered, and not committed.
     */
    void startAnew(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            partitions.forEach(partition -> giveUp(lanes.remove(partition)));
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(@Nullable Lane lane) {
        if (lane != null) {
            pending -= lane.tickets.size() + lane.answered;
        }
    }
}
