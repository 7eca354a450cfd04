package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a request topic that was deleted and created again from its beginning: the offsets that
 * were committed for the deleted topic mean nothing in the new one.
 *
 * <p>For the poll thread.
 */
final class RecreatedTopic {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);

    private final Consumer<Object, Object> client;
    private final OffsetTracker tracker;
    private final TopicWatch watch;
    private final UnreadablePartitions unreadable;
    private @Nullable Uuid followed;

    RecreatedTopic(
            Consumer<Object, Object> client,
            OffsetTracker tracker,
            TopicWatch watch,
            UnreadablePartitions unreadable) {
        this.client = client;
        this.tracker = tracker;
        this.watch = watch;
        this.unreadable = unreadable;
    }

    /** Goes to the beginning of the assigned partitions when the topic has another id. */
    void follow() {
        Uuid now = watch.id();
        if (now == null || now.equals(followed)) {
            return;
        }
        if (followed != null && !client.assignment().isEmpty()) {
            LOG.warn("The topic {} was made anew: it is read from its beginning", watch.topic());
            tracker.restart(client.assignment());
            client.assignment().forEach(unreadable::remove);
            client.seekToBeginning(client.assignment());
        }
        followed = now;
    }

    /** Goes to the beginning of assigned partitions whose offsets are of the deleted topic. */
    void onAssigned(Collection<TopicPartition> partitions) {
        watch.refresh();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    client.committed(new HashSet<>(partitions), OffsetCommits.TIMEOUT);
            List<TopicPartition> foreign =
                    partitions.stream()
                            .filter(partition -> isForeign(committed.get(partition)))
                            .toList();
            if (!foreign.isEmpty()) {
                LOG.warn("The topic {} was made anew: {} from the start", watch.topic(), foreign);
                client.seekToBeginning(foreign);
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("Whether the committed offsets are of this topic is not known", e);
        }
    }

    /** Whether an offset was committed for the deleted topic. */
    boolean isForeign(@Nullable OffsetAndMetadata committed) {
        return committed != null && TopicWatch.isOfAnother(committed.metadata(), watch.id());
    }

    /** An offset with the id of the topic, by which a later topic knows that it is foreign. */
    OffsetAndMetadata describe(OffsetAndMetadata offset) {
        return new OffsetAndMetadata(offset.offset(), TopicWatch.metadata(followed));
    }
}
