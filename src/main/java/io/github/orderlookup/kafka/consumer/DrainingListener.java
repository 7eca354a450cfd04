package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains and commits a partition before it is revoked, and forgets one that is lost. For the poll
 * thread.
 *
 * @param next called after it
 * @param retired whether another consumer has taken the place of this one
 */
record DrainingListener(
        ConsumerRebalanceListener next,
        BooleanSupplier retired,
        OffsetTracker tracker,
        PartitionDrain drain,
        OffsetCommits commits,
        RecreatedTopic topic,
        PollPause pause)
        implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!retired.getAsBoolean()) {
            drain.await(partitions);
            commits.commitDespiteWakeup();
            tracker.forget(partitions);
        }
        next.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (!retired.getAsBoolean()) {
            LOG.warn("Lost {}: requests under way there will be answered again", partitions);
            tracker.forget(partitions);
        }
        next.onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        pause.resumeWithNextUpdate();
        next.onPartitionsAssigned(partitions);
        if (!partitions.isEmpty()) {
            topic.onAssigned(partitions);
        }
    }
}
