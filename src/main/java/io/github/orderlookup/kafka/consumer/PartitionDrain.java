package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.lookup.UpstreamHealth;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the records under way of partitions that are revoked, for a bounded time. For the poll
 * thread.
 */
final class PartitionDrain {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final long SECONDS = 5;
    private static final long PUBLISH_SECONDS = 3;
    private static final long LAST_SECONDS = 20;
    private static final long HOPELESS_SECONDS = 3;

    private final OffsetTracker tracker;
    private final PollLimits limits;
    private final PublishHealth publishing;
    private final UpstreamHealth health;
    private final PollStatus status;
    private final BooleanSupplier stopping;

    PartitionDrain(
            OffsetTracker tracker,
            PollLimits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            PollStatus status,
            BooleanSupplier stopping) {
        this.tracker = tracker;
        this.limits = limits;
        this.publishing = publishing;
        this.health = health;
        this.status = status;
        this.stopping = stopping;
    }

    void await(Collection<TopicPartition> partitions) {
        try {
            boolean drained = stopping.getAsBoolean() ? last(partitions) : release(partitions);
            if (!drained) {
                LOG.warn(
                        "Lookups of {} are still under way; another instance will repeat them",
                        partitions);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process stops: waiting lookups are dropped elsewhere, and calls under way may end. */
    private boolean last(Collection<TopicPartition> partitions) throws InterruptedException {
        boolean hopeless = publishing.isStuck() || !status.isConnected();
        return drain(partitions, hopeless ? HOPELESS_SECONDS : LAST_SECONDS);
    }

    /**
     * The group waits for this member: lookups that do not end soon are abandoned to another
     * instance, and only outcomes that are being published are waited for. Records that are taken
     * ahead of time do not end soon.
     */
    private boolean release(Collection<TopicPartition> partitions) throws InterruptedException {
        if (drain(partitions, limits.readsAhead() ? 0 : SECONDS)) {
            return true;
        }
        tracker.abandon(partitions);
        return tracker.drain(partitions, PUBLISH_SECONDS, TimeUnit.SECONDS);
    }

    /** During an outage no lookup ends, and none is waited for. */
    private boolean drain(Collection<TopicPartition> partitions, long seconds)
            throws InterruptedException {
        long time = health.outage().isPresent() ? 0 : seconds;
        return tracker.drain(partitions, time, TimeUnit.SECONDS);
    }
}
