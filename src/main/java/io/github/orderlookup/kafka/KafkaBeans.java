package io.github.orderlookup.kafka;

import io.github.orderlookup.camel.KafkaConnection;
import io.github.orderlookup.kafka.producer.AcknowledgeOutcome;
import io.github.orderlookup.kafka.producer.AwaitPublishRetry;
import io.github.orderlookup.kafka.producer.ComposeOutcome;
import io.github.orderlookup.kafka.producer.ComposeWaiting;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.PublishRetry;
import io.github.orderlookup.kafka.producer.ReplyTopics;
import io.github.orderlookup.kafka.producer.TopicDirectory;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.spi.Registry;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans of the Kafka endpoint and its component {@code order-lookup-kafka}: its connection is
 * that of the context's {@code kafka} component ({@link HostConnection}), its clients are ours
 * ({@link KafkaClients}).
 */
public final class KafkaBeans implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBeans.class);

    private static final int WATCH_SECONDS = 3;

    private final CamelContext context;
    private final KafkaSettings settings;
    private final Meters meters;
    private final Tracing tracing;
    private final Clock clock;
    private final Clock wall;
    private final Executor executor;
    private final Supervisor supervisor;
    private final KafkaComponent component = new KafkaComponent();
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final Worker publishingWorker;
    private final Looks looks;
    private final TopicConsumers consumers;
    private final KafkaClients clients;
    private final ScheduledExecutorService watch;

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
        this.clock = clock;
        this.wall = wall;
        this.executor = executor;
        this.topics = new TopicDirectory(this::admin, clock);
        this.looks = looks;
        this.publishingWorker = supervisor.worker("kafka-publish", TopicConsumer.PATIENCE);
        this.publishing = new PublishHealth(publishingWorker, clock);
        this.consumers =
                new TopicConsumers(
                        context,
                        settings,
                        limits,
                        topics,
                        publishing,
                        health,
                        longestAnswer,
                        supervisor,
                        clock);
        this.clients = new KafkaClients(consumers, settings, supervisor, clock);
        this.watch = Executors.newSingleThreadScheduledExecutor(KafkaBeans::daemon);
    }

    private Admin admin() {
        return Admin.create(KafkaConnection.of(component.getConfiguration()));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "order-lookup-kafka-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** Adds the component and binds the beans that the routes name. */
    public void bind() throws Exception {
        HostConnection connection = new HostConnection(context, component);
        connection.take();
        context.addLifecycleStrategy(connection);
        component.setAutowiredEnabled(false);
        component.setKafkaClientFactory(clients);
        context.removeComponent("order-lookup-kafka");
        context.addComponent("order-lookup-kafka", component);

        bindRecords(context.getRegistry());
        bindOutcomes(context.getRegistry());
        ScheduledFuture<?> unused =
                watch.scheduleWithFixedDelay(
                        this::look, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    private void bindRecords(Registry registry) {
        TopicConsumer requests = consumers.requests();
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
                        consumers::waitingTroubles));
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
        registry.bind("order-lookup-unpublished", (Predicate) AcknowledgeOutcome::isUnpublished);
        PublishRetry retry =
                new PublishRetry(
                        settings, outcomes, waitingRecords, replyTopics, topics, publishing, clock);
        registry.bind(
                "order-lookup-await-publish-retry", new AwaitPublishRetry(retry, executor, watch));
    }

    private RecordDispatcher dispatcher(String route, RecordTracing spans) {
        TopicConsumer source = consumers.ofRoute(route);
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

    /** Runs the checks that must not depend on a thread of the Camel context. */
    private void look() {
        try {
            clients.checkProducers();
            consumers.check();
        } catch (RuntimeException e) {
            LOG.warn("Watching Kafka failed, and goes on", e);
        } catch (Error e) {
            supervisor.onError("Watching Kafka", e);
        }
    }

    /** The state of the endpoint at this moment. */
    public KafkaStats stats() {
        return consumers.stats();
    }

    /** Records of the waiting topic that are not read ahead, on the assigned partitions. */
    public double unreadWaiting() {
        return consumers.unreadWaiting();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        consumers.close();
        supervisor.remove(publishingWorker);
        topics.close();
    }
}
