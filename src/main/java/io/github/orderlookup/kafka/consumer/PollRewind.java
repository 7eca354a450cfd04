package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeks each assigned partition to the first record that was not taken.
 *
 * <p>A poll that ends by an {@code Error} has moved past records that it did not return, of any
 * partition. The client keeps what it fetched and would go on behind the record that failed; a poll
 * from other offsets makes it discard that. For the poll thread.
 */
final class PollRewind {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final Duration POSITION_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<Object, Object> client;
    private final Function<Duration, ConsumerRecords<Object, Object>> poll;
    private final OffsetTracker tracker;
    private final RecreatedTopic topic;
    private final int maxPending;
    private boolean requested;

    PollRewind(
            Consumer<Object, Object> client,
            Function<Duration, ConsumerRecords<Object, Object>> poll,
            OffsetTracker tracker,
            RecreatedTopic topic,
            int maxPending) {
        this.client = client;
        this.poll = poll;
        this.tracker = tracker;
        this.topic = topic;
        this.maxPending = maxPending;
    }

    /** The next poll has to rewind first. */
    void request() {
        requested = true;
    }

    void runIfRequested() {
        if (requested) {
            run();
        }
    }

    /** Rewinds; if that fails, the next poll does. */
    void run() {
        requested = true;
        discardFetched();
        Set<TopicPartition> untaken = new HashSet<>();
        for (TopicPartition partition : client.assignment()) {
            long taken = tracker.lastTaken(partition);
            if (taken < 0) {
                untaken.add(partition);
            } else {
                client.seek(partition, taken + 1);
            }
        }
        if (!untaken.isEmpty()) {
            client.committed(untaken, OffsetCommits.TIMEOUT).forEach(this::seekToCommitted);
        }
        requested = false;
    }

    private void discardFetched() {
        client.assignment().forEach(partition -> client.seek(partition, beyond(partition)));
        try {
            ConsumerRecords<Object, Object> unused = poll.apply(Duration.ZERO);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Nothing of this poll counts", e);
        }
    }

    /** An offset at which nothing of the partition has been fetched. */
    private long beyond(TopicPartition partition) {
        return Math.max(tracker.lastTaken(partition), client.position(partition, POSITION_TIMEOUT))
                + maxPending
                + 1;
    }

    private void seekToCommitted(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        if (committed == null || topic.isForeign(committed)) {
            client.seekToBeginning(List.of(partition));
        } else {
            client.seek(partition, committed.offset());
        }
    }
}
