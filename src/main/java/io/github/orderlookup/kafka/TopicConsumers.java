package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.TopicConsumer.Names;
import io.github.orderlookup.kafka.consumer.PollLimits;
import io.github.orderlookup.kafka.consumer.PollStatus;
import io.github.orderlookup.kafka.consumer.TopicWatch;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.PartitionHead;
import io.github.orderlookup.kafka.tracking.StalledPartitions;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of the request topic and, when requests may wait for their order to settle, that of
 * the waiting topic. Thread-safe.
 */
final class TopicConsumers {

    private static final String WAITING_ROUTE = "direct:order-lookup-waiting-record";

    private final CamelContext context;
    private final KafkaSettings settings;
    private final LookupSettings limits;
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final UpstreamHealth health;
    private final Supervisor supervisor;
    private final Clock clock;
    private final TopicConsumer requests;
    private final @Nullable TopicConsumer waiting;

    /**
     * @param longestAnswer the longest time that a request takes from a permit to call to the next
     *     wait, or to its acknowledged outcome
     * @param clock monotonic
     */
    TopicConsumers(
            CamelContext context,
            KafkaSettings settings,
            LookupSettings limits,
            TopicDirectory topics,
            PublishHealth publishing,
            UpstreamHealth health,
            Duration longestAnswer,
            Supervisor supervisor,
            Clock clock) {
        this.context = context;
        this.settings = settings;
        this.limits = limits;
        this.topics = topics;
        this.publishing = publishing;
        this.health = health;
        this.supervisor = supervisor;
        this.clock = clock;
        this.requests = requests(longestAnswer);
        this.waiting =
                settings.waitingTopic() == null
                        ? null
                        : waiting(settings.waitingTopic(), longestAnswer);
    }

    private TopicConsumer requests(Duration longestAnswer) {
        return consumer(
                new Names("kafka-poll", settings.groupId(), "order-lookup-kafka"),
                new PollLimits(limits.maxPending(), limits.maxPollRecords(), memoryOfRequests()),
                settings.requestTopic(),
                health,
                longestAnswer);
    }

    private TopicConsumer waiting(String topic, Duration longestAnswer) {
        return consumer(
                new Names("kafka-waiting-poll", settings.waitingGroupId(), "order-lookup-waiting"),
                new PollLimits(
                        limits.maxPending(),
                        limits.maxWaitingPollRecords(),
                        memoryOfRequests(),
                        true),
                topic,
                new NoOutage(),
                longestAnswer);
    }

    private TopicConsumer consumer(
            Names names,
            PollLimits bounds,
            String topic,
            UpstreamHealth pausesBy,
            Duration longestAnswer) {
        return new TopicConsumer(
                names,
                bounds,
                publishing,
                pausesBy,
                new TopicWatch(topics, topic),
                tracker ->
                        new StalledPartitions(
                                tracker,
                                () -> publishing.isStuck() || health.outage().isPresent(),
                                longestAnswer,
                                clock),
                context,
                supervisor,
                () -> context.isStopping() || context.isStopped(),
                clock);
    }

    /** Waiting requests are read ahead during an outage as well: they wait in any case. */
    private static final class NoOutage implements UpstreamHealth {

        @Override
        public Optional<String> outage() {
            return Optional.empty();
        }

        @Override
        public boolean takesOneMore() {
            return false;
        }
    }

    /** An eighth of the largest heap that this process may have, within reason. */
    private static long memoryOfRequests() {
        return Math.max(4L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    TopicConsumer requests() {
        return requests;
    }

    /** The consumer of a consumer group; that of the request topic unless it is the other's. */
    TopicConsumer ofGroup(@Nullable Object groupId) {
        return waiting != null && settings.waitingGroupId().equals(groupId) ? waiting : requests;
    }

    /** The consumer whose records go to a route. */
    TopicConsumer ofRoute(String route) {
        return route.equals(WAITING_ROUTE) ? Objects.requireNonNull(waiting) : requests;
    }

    /** That of the request topic first. */
    private Stream<TopicConsumer> all() {
        return Stream.of(Optional.of(requests), Optional.ofNullable(waiting))
                .flatMap(Optional::stream);
    }

    /** Runs the checks that must not depend on a thread of the Camel context. */
    void check() {
        all().forEach(TopicConsumer::check);
    }

    /** What keeps waiting requests from being looked at, in words. */
    Stream<String> waitingTroubles() {
        return Stream.ofNullable(waiting).flatMap(TopicConsumer::troubles);
    }

    /** Records of the waiting topic that are not read ahead, on the assigned partitions. */
    double unreadWaiting() {
        return waiting == null ? 0 : waiting.lag();
    }

    /** The state of the request topic and of publishing at this moment. */
    KafkaStats stats() {
        OffsetTracker tracker = requests.tracker();
        PollLimits bounds = requests.limits();
        PollStatus status = requests.status();
        return new KafkaStats(
                tracker.pending(),
                bounds.pending(),
                bounds.pauseAbove(),
                tracker.bytes(),
                requests.lag(),
                publishing.stuck(),
                status.isConnected() && status.failures().reason().isEmpty(),
                status.paused(),
                status.sinceProgress(),
                status.commits().sinceCommit(),
                tracker.oldest().map(PartitionHead::age).orElse(Duration.ZERO),
                status.unreadable().count(),
                requests.stalled().count());
    }

    void close() {
        all().forEach(TopicConsumer::close);
    }
}
