package io.github.orderlookup.kafka;

import io.github.orderlookup.camel.ExactHeaderNames;
import io.github.orderlookup.camel.KafkaConnection;
import io.github.orderlookup.camel.KafkaOptions;
import io.github.orderlookup.kafka.TopicConsumer.Names;
import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer;
import io.github.orderlookup.kafka.consumer.PollLimits;
import io.github.orderlookup.kafka.consumer.PollStatus;
import io.github.orderlookup.kafka.consumer.TopicWatch;
import io.github.orderlookup.kafka.producer.AcknowledgeOutcome;
import io.github.orderlookup.kafka.producer.ComposeOutcome;
import io.github.orderlookup.kafka.producer.ComposeWaiting;
import io.github.orderlookup.kafka.producer.OutcomeProducers;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.PublishRetry;
import io.github.orderlookup.kafka.producer.ReplyTopics;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.PartitionHead;
import io.github.orderlookup.kafka.tracking.StalledPartitions;
import io.github.orderlookup.kafka.waiting.OpenWaitingRecord;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settle.Looks;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans of the Kafka endpoint and its component {@code order-lookup-kafka}: brokers, TLS and
 * SASL are those of the context's {@code kafka} component, the consumer is a {@link
 * TrackingConsumer}.
 *
 * <p>It is longer than other classes as it makes and connects every object of the endpoint.
 */
public final class KafkaBeans implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBeans.class);

    /** The longest time between two polls is that of a drain and a commit. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final String WAITING_ROUTE = "direct:order-lookup-waiting-record";
    private static final int WATCH_SECONDS = 3;
    private static final long MAX_FETCH = 50L << 20;

    private final CamelContext context;
    private final KafkaSettings settings;
    private final Meters meters;
    private final Tracing tracing;
    private final UpstreamHealth health;
    private final Clock clock;
    private final Clock wall;
    private final Executor executor;
    private final Supervisor supervisor;
    private final KafkaComponent component = new KafkaComponent();
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final Worker publishingWorker;
    private final Looks looks;
    private final TopicConsumer requests;
    private final @Nullable TopicConsumer waiting;
    private final ScheduledExecutorService watch;
    private final AtomicReference<@Nullable OutcomeProducers> producers = new AtomicReference<>();

    /**
     * @param longestAnswer the longest time that a request takes from a permit to call to the next
     *     wait, or to its acknowledged outcome
     */
    public KafkaBeans(
            CamelContext context,
            KafkaSettings settings,
            LookupSettings limits,
            UpstreamHealth health,
            Meters meters,
            Tracing tracing,
            Clock clock,
            Clock wall,
            Executor executor,
            Duration longestAnswer,
            Looks looks,
            Supervisor supervisor) {
        this.supervisor = supervisor;
        this.context = context;
        this.settings = settings;
        this.meters = meters;
        this.tracing = tracing;
        this.health = health;
        this.clock = clock;
        this.wall = wall;
        this.executor = executor;
        this.topics =
                new TopicDirectory(
                        () -> Admin.create(KafkaConnection.of(component.getConfiguration())),
                        clock);
        this.looks = looks;
        this.publishingWorker = supervisor.worker("kafka-publish", PATIENCE);
        this.publishing = new PublishHealth(publishingWorker, clock);
        this.requests = requests(limits, longestAnswer);
        this.waiting =
                settings.waitingTopic() == null
                        ? null
                        : waiting(settings.waitingTopic(), limits, longestAnswer);
        this.watch = Executors.newSingleThreadScheduledExecutor(KafkaBeans::daemon);
    }

    private TopicConsumer requests(LookupSettings limits, Duration longestAnswer) {
        return consumer(
                new Names("kafka-poll", settings.groupId(), "order-lookup-kafka"),
                new PollLimits(limits.maxPending(), limits.maxPollRecords(), memoryOfRequests()),
                settings.requestTopic(),
                health,
                longestAnswer);
    }

    private TopicConsumer waiting(String topic, LookupSettings limits, Duration longestAnswer) {
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
            PollLimits limits,
            String topic,
            UpstreamHealth pausesBy,
            Duration longestAnswer) {
        return new TopicConsumer(
                names,
                limits,
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
                this::isStopping,
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

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "order-lookup-kafka-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** An eighth of the largest heap that this process may have, within reason. */
    private static long memoryOfRequests() {
        return Math.max(4L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Adds the component and binds the beans that the routes name. */
    public void bind() throws Exception {
        takeConnection();
        context.addLifecycleStrategy(new TakeConnection());
        component.setAutowiredEnabled(false);
        component.setKafkaClientFactory(new Clients());
        context.removeComponent("order-lookup-kafka");
        context.addComponent("order-lookup-kafka", component);

        bindRecords(context.getRegistry());
        bindOutcomes(context.getRegistry());
        ScheduledFuture<?> unused =
                watch.scheduleWithFixedDelay(
                        this::look, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    private void bindRecords(Registry registry) {
        RecordTracing spans = new RecordTracing(tracing, settings.groupId());
        context.removeComponent("order-lookup-dispatch");
        context.addComponent(
                "order-lookup-dispatch", new DispatchComponent(route -> dispatcher(route, spans)));
        // Not as a String, in which Camel would look for placeholders.
        registry.bind("order-lookup-group-id", settings.groupId().toCharArray());
        registry.bind("order-lookup-waiting-group-id", settings.waitingGroupId().toCharArray());
        registry.bind(
                "order-lookup-open-waiting-record",
                new Step(new OpenWaitingRecord(looks, clock)::open));
        registry.bind(
                "order-lookup-kafka-readiness",
                new KafkaReadiness(
                        requests.status(),
                        publishing,
                        requests.tracker(),
                        requests.stalled(),
                        () -> consumers().skip(1).flatMap(TopicConsumer::troubles)));
    }

    private void bindOutcomes(Registry registry) {
        ReplyTopics replyTopics = new ReplyTopics(settings, topics);
        ComposeOutcome outcomes = new ComposeOutcome(settings, replyTopics, clock, wall);
        ComposeWaiting waitingRecords =
                new ComposeWaiting(settings, topics, looks.schedule(), wall);
        registry.bind(
                "order-lookup-open-record", new Step(new OpenRecord(replyTopics, clock)::open));
        registry.bind("order-lookup-compose-waiting", new Step(waitingRecords::compose));
        registry.bind("order-lookup-compose-outcome", new Step(outcomes::compose));
        registry.bind(
                "order-lookup-compose-internal-error", new Step(outcomes::composeInternalError));
        registry.bind(
                "order-lookup-acknowledge-record",
                new Step(new AcknowledgeOutcome(publishing, meters)::acknowledge));
        registry.bind(
                "order-lookup-publish-retry",
                new PublishRetry(
                        settings,
                        outcomes,
                        waitingRecords,
                        replyTopics,
                        topics,
                        publishing,
                        clock));
    }

    private RecordDispatcher dispatcher(String route, RecordTracing spans) {
        TopicConsumer source =
                route.equals(WAITING_ROUTE) ? Objects.requireNonNull(waiting) : requests;
        return new RecordDispatcher(
                context,
                source.tracker(),
                spans::begin,
                executor,
                watch,
                supervisor,
                source.status().log(),
                route,
                source::isInUse);
    }

    /** That of the request topic first. */
    private Stream<TopicConsumer> consumers() {
        return Stream.of(Optional.of(requests), Optional.ofNullable(waiting))
                .flatMap(Optional::stream);
    }

    /** Runs the checks that must not depend on a thread of the Camel context. */
    private void look() {
        try {
            OutcomeProducers made = producers.get();
            if (made != null) {
                made.check();
            }
            consumers().forEach(TopicConsumer::check);
        } catch (RuntimeException e) {
            LOG.warn("Watching Kafka failed, and goes on", e);
        } catch (Error e) {
            supervisor.onError("Watching Kafka", e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        consumers().forEach(TopicConsumer::close);
        supervisor.remove(publishingWorker);
        topics.close();
    }

    /** Copies the connection of the context's {@code kafka} component. */
    private void takeConnection() {
        KafkaComponent hosts = context.getComponent("kafka", KafkaComponent.class);
        KafkaConfiguration ours = hosts.getConfiguration().copy();
        KafkaOptions.keepConnectionOnly(ours);
        component.setConfiguration(ours);
        component.setUseGlobalSslContextParameters(hosts.isUseGlobalSslContextParameters());
    }

    /**
     * Takes the connection once more before the routes are made: the {@code kafka} component may be
     * configured after our beans, depending on the order in which the route files are found.
     */
    private final class TakeConnection extends LifecycleStrategySupport {

        @Override
        public void onContextInitializing(CamelContext initializing) {
            takeConnection();
        }
    }

    /** The state of the endpoint at this moment. */
    public KafkaStats stats() {
        OffsetTracker tracker = requests.tracker();
        PollLimits limits = requests.limits();
        PollStatus status = requests.status();
        return new KafkaStats(
                tracker.pending(),
                limits.pending(),
                limits.pauseAbove(),
                tracker.bytes(),
                limits.bytes(),
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

    /** Records of the waiting topic that are not read ahead, on the assigned partitions. */
    public double unreadWaiting() {
        return waiting == null ? 0 : waiting.lag();
    }

    /** Gives our endpoints the clients of this package. */
    private final class Clients extends DefaultKafkaClientFactory {

        @Override
        public Consumer<Object, Object> getConsumer(Properties properties) {
            try {
                return of(properties).make(bounded(properties));
            } catch (Error e) {
                supervisor.onError("Making a Kafka consumer", e);
                throw new KafkaException("The consumer could not be made", e);
            }
        }

        @Override
        public Producer<Object, Object> getProducer(Properties properties) {
            ExactHeaderNames.addTo(properties);
            OutcomeProducers made = new OutcomeProducers(properties, settings, supervisor, clock);
            producers.set(made);
            return made.asProducer();
        }

        private TopicConsumer of(Properties properties) {
            Object group = properties.get(ConsumerConfig.GROUP_ID_CONFIG);
            return waiting != null && settings.waitingGroupId().equals(group) ? waiting : requests;
        }

        /** What a poll may hold is bounded by us, whatever the topic holds. */
        private static Properties bounded(Properties properties) {
            Properties bounded = new Properties();
            bounded.putAll(properties);
            bounded.put(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, LimitedBytesDeserializer.class);
            bounded.put(
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, LimitedBytesDeserializer.class);
            bounded.put(
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                    Math.toIntExact(Math.min(MAX_FETCH, Runtime.getRuntime().maxMemory() / 16)));
            return bounded;
        }
    }

    private boolean isStopping() {
        return context.isStopping() || context.isStopped();
    }
}
