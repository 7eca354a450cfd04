package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.consumer.PollLimits;
import io.github.orderlookup.kafka.consumer.PollRestart;
import io.github.orderlookup.kafka.consumer.PollStatus;
import io.github.orderlookup.kafka.consumer.TopicWatch;
import io.github.orderlookup.kafka.consumer.TrackingConsumer;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.StalledPartitions;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the consumer of one topic: its records under way, its limits, its progress, and
 * what watches over it. Thread-safe.
 */
final class TopicConsumer {

    /** The longest time between two polls is that of a drain and a commit. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private final PollLimits limits;
    private final PublishHealth publishing;
    private final UpstreamHealth health;
    private final Supervisor supervisor;
    private final Worker worker;
    private final OffsetTracker tracker;
    private final PollStatus status;
    private final TopicWatch topic;
    private final StalledPartitions stalled;
    private final PollRestart restart;
    private final BooleanSupplier stopping;
    private final AtomicReference<@Nullable TrackingConsumer> consumer = new AtomicReference<>();

    /**
     * @param names of the consumer
     * @param health while it reports an outage, the consumer takes single records
     * @param stalled makes what finds records that wait for no known reason
     * @param clock monotonic
     */
    TopicConsumer(
            Names names,
            PollLimits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            TopicWatch topic,
            Function<OffsetTracker, StalledPartitions> stalled,
            CamelContext context,
            Supervisor supervisor,
            BooleanSupplier stopping,
            Clock clock) {
        this.limits = limits;
        this.publishing = publishing;
        this.health = health;
        this.supervisor = supervisor;
        this.stopping = stopping;
        this.topic = topic;
        this.worker = supervisor.worker(names.worker(), PATIENCE);
        this.tracker = new OffsetTracker(clock);
        this.status = new PollStatus(worker, names.groupId(), clock);
        this.stalled = stalled.apply(tracker);
        this.restart = new PollRestart(context, names.route(), consumer::get, clock);
    }

    /**
     * The names of a consumer.
     *
     * @param worker of its poll thread, in the supervision
     * @param route the id of the route that polls
     */
    record Names(String worker, String groupId, String route) {}

    /** Makes the consumer that is in use from now on. */
    TrackingConsumer make(Properties properties) {
        TrackingConsumer made =
                new TrackingConsumer(
                        properties,
                        tracker,
                        limits,
                        publishing,
                        health,
                        status,
                        topic,
                        supervisor,
                        stopping);
        consumer.set(made);
        return made;
    }

    /** Runs the checks that must not depend on a thread of the Camel context. */
    void check() {
        if (consumer.get() != null) {
            topic.refresh();
        }
        restart.check();
        stalled.check();
    }

    /** Whether the calling thread polls the consumer that is in use. */
    boolean isInUse() {
        TrackingConsumer polling = consumer.get();
        return polling == null || polling.isPolledBy(Thread.currentThread());
    }

    OffsetTracker tracker() {
        return tracker;
    }

    PollStatus status() {
        return status;
    }

    PollLimits limits() {
        return limits;
    }

    StalledPartitions stalled() {
        return stalled;
    }

    /** Records of the assigned partitions that are not taken yet. */
    double lag() {
        TrackingConsumer made = consumer.get();
        return made == null ? 0 : made.lag();
    }

    /** What keeps it from its work, in words. */
    Stream<String> troubles() {
        return Stream.of(status.trouble(), stalled.trouble(), status.commits().trouble())
                .flatMap(Optional::stream);
    }

    void close() {
        supervisor.remove(worker);
    }
}
