package io.github.orderlookup.kafka;

import io.github.orderlookup.lookup.UpstreamHealth;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka consumer that commits what its {@link InFlightWindow} says and pauses while the window is
 * full, outcomes find no way out, or an outage keeps lookups from being answered.
 *
 * <p>A commit is a round trip in which nothing is polled, so there are at most ten a second while
 * there is room. It polls on while it is paused, so that the group never takes it for dead. A
 * partition that is revoked is drained and committed first; one that is lost is forgotten.
 *
 * <p>As any Kafka consumer: for one thread.
 */
final class WindowedConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(WindowedConsumer.class);
    private static final Duration SHORT_POLL = Duration.ofMillis(20);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final long COMMIT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DRAIN_SECONDS = 20;

    private final InFlightWindow window;
    private final int maxPending;
    private final int maxPollRecords;
    private final Publishing publishing;
    private final UpstreamHealth health;
    private final AtomicBoolean connected;
    private @Nullable Metric connections;
    private boolean paused;
    private long commitTriedAt = System.nanoTime();

    /**
     * @param maxPending requests taken and not yet committed; no poll may bring more
     * @param maxPollRecords what one poll brings at most
     * @param publishing while it is stuck, polling pauses
     * @param health during an outage polling pauses, but for single records that are wanted
     * @param connected kept true while there is a connection to a broker that lets us read
     */
    WindowedConsumer(
            Properties properties,
            InFlightWindow window,
            int maxPending,
            int maxPollRecords,
            Publishing publishing,
            UpstreamHealth health,
            AtomicBoolean connected) {
        super(properties);
        this.window = window;
        this.maxPending = maxPending;
        this.maxPollRecords = maxPollRecords;
        this.publishing = publishing;
        this.health = health;
        this.connected = connected;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (isFull() || System.nanoTime() - commitTriedAt >= COMMIT_EVERY_NANOS) {
            commit();
        }
        boolean full = publishing.isStuck() || isFull();
        boolean outage = health.outage().isPresent();
        boolean stop = full || (outage && !health.takesOneMore());
        if (stop) {
            pause(assignment());
        } else if (paused) {
            resume(paused());
        }
        paused = stop;
        ConsumerRecords<Object, Object> records =
                pollAndNote(window.pending() == 0 || outage ? timeout : SHORT_POLL);
        return outage && records.count() > 1 ? onlyOne(records) : records;
    }

    private ConsumerRecords<Object, Object> pollAndNote(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            connected.set(isConnected());
            return records;
        } catch (AuthorizationException e) {
            connected.set(false);
            throw e;
        }
    }

    /** The first of what came; the next poll brings the others again. */
    private ConsumerRecords<Object, Object> onlyOne(ConsumerRecords<Object, Object> records) {
        ConsumerRecord<Object, Object> first = records.iterator().next();
        TopicPartition taken = new TopicPartition(first.topic(), first.partition());
        for (TopicPartition partition : records.partitions()) {
            seek(
                    partition,
                    partition.equals(taken)
                            ? first.offset() + 1
                            : records.records(partition).get(0).offset());
        }
        return new ConsumerRecords<>(Map.of(taken, List.of(first)));
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Draining(listener));
    }

    /**
     * Records of our partitions that are not taken yet, as the last fetch of each told. For any
     * thread.
     */
    double lag() {
        return metrics().values().stream()
                .filter(metric -> isLag(metric.metricName()))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .filter(Double::isFinite)
                .sum();
    }

    /** The lag of one partition; that of each client, without the tag, is a maximum. */
    private static boolean isLag(MetricName name) {
        return name.name().equals("records-lag") && name.tags().containsKey("partition");
    }

    /** Whether a poll could bring more than may be pending. */
    private boolean isFull() {
        return window.pending() + maxPollRecords > maxPending;
    }

    private boolean isConnected() {
        if (connections == null) {
            connections =
                    metrics().values().stream()
                            .filter(metric -> isConnectionCount(metric.metricName()))
                            .findAny()
                            .orElse(null);
        }
        return connections != null
                && connections.metricValue() instanceof Number count
                && count.intValue() > 0;
    }

    private static boolean isConnectionCount(MetricName name) {
        return name.name().equals("connection-count") && name.group().equals("consumer-metrics");
    }

    private void commit() {
        commitTriedAt = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = window.committable();
        if (offsets.isEmpty()) {
            return;
        }
        try {
            commitSync(offsets, COMMIT_TIMEOUT);
            window.committed(offsets);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("Offsets were not committed and will be with the next poll: {}", e.toString());
        }
    }

    /** Drains and commits before a partition goes, whatever else listens. */
    private final class Draining implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        Draining(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                long seconds = health.outage().isPresent() ? 0 : DRAIN_SECONDS;
                if (!window.drain(partitions, seconds, TimeUnit.SECONDS)) {
                    LOG.warn(
                            "Lookups of {} are still under way; another instance will repeat them",
                            partitions);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            commitOnTheWayOut();
            window.forget(partitions);
            next.onPartitionsRevoked(partitions);
        }

        /** A consumer that is woken up to stop still has this commit to make. */
        private void commitOnTheWayOut() {
            try {
                commit();
            } catch (WakeupException wokenUp) {
                commit();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.warn("Lost {}: requests under way there will be answered again", partitions);
            window.forget(partitions);
            next.onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            paused = true;
            next.onPartitionsAssigned(partitions);
        }
    }
}
