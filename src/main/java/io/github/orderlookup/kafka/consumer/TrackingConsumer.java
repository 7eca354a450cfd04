package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka consumer that commits the offsets that its {@link OffsetTracker} releases, and pauses
 * while no record may be taken ({@link PollPause}). A partition that is revoked is drained and
 * committed first ({@link DrainingListener}).
 *
 * <p>A poll fails by a wake-up or an interruption alone: the poll thread of camel-kafka ends on an
 * {@code Error}, and repeats at once after an exception. Any other failure becomes a growing
 * back-off ({@link PollFailures}), or that of one partition ({@link PartitionIsolation}).
 *
 * <p>For one thread, as any Kafka consumer, apart from the methods that say otherwise.
 */
public class TrackingConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration RETIRE_TIMEOUT = Duration.ofSeconds(2);

    private final PollCycle cycle;
    private final PollStatus status;
    private final Supervisor supervisor;
    private final Semaphore woken = new Semaphore(0);
    private @Nullable Metric connections;
    private volatile long polledAt = System.nanoTime();
    private volatile boolean retired;
    private volatile @Nullable Thread polledBy;

    /**
     * @param publishing while it is stuck, polling pauses
     * @param health during an outage polling pauses, apart from single records
     * @param topic knows the id of the request topic
     * @param supervisor gets each {@code Error}
     * @param stopping whether the process stops
     */
    @SuppressWarnings("this-escape")
    public TrackingConsumer(
            Properties properties,
            OffsetTracker tracker,
            PollLimits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            PollStatus status,
            TopicWatch topic,
            Supervisor supervisor,
            BooleanSupplier stopping) {
        super(properties);
        this.status = status;
        this.supervisor = supervisor;
        this.cycle =
                new PollCycle(
                        this,
                        super::poll,
                        tracker,
                        limits,
                        publishing,
                        health,
                        status,
                        topic,
                        stopping);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (retired) {
            throw new WakeupException();
        }
        polledAt = System.nanoTime();
        polledBy = Thread.currentThread();
        Duration backOff = status.failures().backOff();
        if (backOff.compareTo(Duration.ZERO) > 0) {
            sleep(Durations.min(backOff, timeout));
            return ConsumerRecords.empty();
        }
        try {
            ConsumerRecords<Object, Object> records = cycle.poll(timeout);
            status.failures().succeeded();
            status.progress(isConnected());
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            status.failures().failed(e);
        } catch (Error e) {
            status.failures().failed(e);
            supervisor.onError("Polling Kafka", e);
        }
        return ConsumerRecords.empty();
    }

    /** Sleeps until the time is over or the consumer is woken up to stop. */
    private void sleep(Duration time) {
        try {
            boolean unused = woken.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Ends the poll that is under way, or the sleep before the next one. For any thread. */
    @Override
    public void wakeup() {
        woken.release();
        super.wakeup();
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, cycle.listener(listener, () -> retired));
    }

    /** Closes without waiting for brokers that do not answer. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Another consumer takes the place of this one. If its thread has ended, it is closed, and its
     * partitions are free at once; if its thread hangs and comes back, it changes nothing any more.
     * For any thread.
     */
    void retire() {
        try {
            close(RETIRE_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warn("The consumer whose thread does not come back could not be closed", e);
        } finally {
            retired = true;
        }
    }

    /** How long ago the last poll began. For any thread. */
    Duration sincePoll() {
        return Duration.ofNanos(System.nanoTime() - polledAt);
    }

    /**
     * Whether this thread made the last poll: records that another thread hands over were polled by
     * a replaced consumer, and are polled again by this one. For any thread.
     */
    public boolean isPolledBy(Thread thread) {
        return thread.equals(polledBy);
    }

    /**
     * Records of the assigned partitions that are not taken yet, as of the last fetch of each. For
     * any thread.
     */
    public double lag() {
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
}
