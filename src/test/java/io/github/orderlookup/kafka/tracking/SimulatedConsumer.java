package io.github.orderlookup.kafka.tracking;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The real offset tracker behind a consumer without a broker: the simulation plays the broker. For
 * one thread.
 */
public final class SimulatedConsumer {

    private static final String TOPIC = "requests";

    private final OffsetTracker tracker;
    private final int maxPending;
    private final int maxPollRecords;

    /** A request that was taken. */
    public final class Taken {

        private final TrackedRecord tracked;

        private Taken(TrackedRecord tracked) {
            this.tracked = tracked;
        }

        /** Its outcome was acknowledged. */
        public void done() {
            tracker.done(tracked);
        }

        /** It gets no outcome from this process. */
        public void drop() {
            tracker.drop(tracked);
        }

        public boolean isAbandoned() {
            return tracked.isAbandoned();
        }

        public void onAbandoned(Runnable listener) {
            tracked.onAbandoned(listener);
        }
    }

    public SimulatedConsumer(int maxPending, int maxPollRecords, Clock clock) {
        this.tracker = new OffsetTracker(clock);
        this.maxPending = maxPending;
        this.maxPollRecords = maxPollRecords;
    }

    public Taken take(int partition, long offset) {
        return new Taken(tracker.take(of(partition), offset, 0));
    }

    /** Whether a poll could bring more than may be pending. */
    public boolean isFull() {
        return tracker.pending() + maxPollRecords > maxPending;
    }

    public int pending() {
        return tracker.pending();
    }

    /**
     * Commits what can be committed.
     *
     * @param broker takes an offset per partition, or refuses them all
     */
    public void commit(Predicate<Map<Integer, Long>> broker) {
        Map<TopicPartition, OffsetAndMetadata> offsets = tracker.committable();
        Map<Integer, Long> plain =
                offsets.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey().partition(),
                                        entry -> entry.getValue().offset()));
        if (!plain.isEmpty() && broker.test(plain)) {
            tracker.committed(offsets);
        }
    }

    /** The partitions go to another instance. */
    public void forget(Collection<Integer> partitions) {
        tracker.forget(partitions.stream().map(SimulatedConsumer::of).toList());
    }

    /** The topic turned out to be another one of the same name. */
    public void startAnew(int partitions) {
        tracker.restart(IntStream.range(0, partitions).mapToObj(SimulatedConsumer::of).toList());
    }

    /** The first request without an outcome, for a message. */
    public String describe() {
        return "pending " + tracker.pending() + ", oldest " + tracker.oldest();
    }

    private static TopicPartition of(int partition) {
        return new TopicPartition(TOPIC, partition);
    }
}
