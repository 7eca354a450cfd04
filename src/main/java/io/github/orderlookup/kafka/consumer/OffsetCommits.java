package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets that the {@link OffsetTracker} releases. A commit is a round trip in which
 * nothing is polled, so commits are due at most ten times a second. For the poll thread.
 */
final class OffsetCommits {

    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(2);
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<Object, Object> client;
    private final OffsetTracker tracker;
    private final RecreatedTopic topic;
    private final PollStatus status;
    private final BooleanSupplier stopping;
    private long triedAt = System.nanoTime();

    OffsetCommits(
            Consumer<Object, Object> client,
            OffsetTracker tracker,
            RecreatedTopic topic,
            PollStatus status,
            BooleanSupplier stopping) {
        this.client = client;
        this.tracker = tracker;
        this.topic = topic;
        this.status = status;
        this.stopping = stopping;
    }

    boolean areDue() {
        return System.nanoTime() - triedAt >= INTERVAL_NANOS;
    }

    /** Commits; offsets that the broker does not store are committed by a later call. */
    void commit() {
        triedAt = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = tracker.committable();
        if (offsets.isEmpty()) {
            status.commits().nothingToCommit();
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> described = new HashMap<>(offsets);
        described.replaceAll((partition, offset) -> topic.describe(offset));
        try {
            client.commitSync(described, stopping.getAsBoolean() ? LAST_TIMEOUT : TIMEOUT);
            tracker.committed(offsets);
            status.commits().committed();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            status.commits().failed(offsets, e);
            if (status.log().permits("commit " + e.getClass().getName())) {
                LOG.warn("Offsets were not committed, and will be with a later poll", e);
            }
        }
    }

    /** Commits also when the consumer has been woken up to stop. */
    void commitDespiteWakeup() {
        try {
            commit();
        } catch (WakeupException wokenUp) {
            commit();
        }
    }
}
