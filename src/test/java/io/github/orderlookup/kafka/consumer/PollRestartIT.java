package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.supervision.ProcessWatch;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of camel-kafka ends, or hangs, between two polls. */
@Timeout(120)
class PollRestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STALLED = Duration.ofSeconds(2);
    private static final int RECORDS = 10;

    private final Broker broker = Broker.shared();
    private final TopicClient client = new TopicClient(broker.bootstrapServers());
    private final String topic = "restart-" + UUID.randomUUID();
    private final Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
    private final List<Throwable> ends = new ArrayList<>();
    private final Supervisor supervisor = new Supervisor(clock, ends::add);
    private final Worker worker = supervisor.worker("kafka-poll", STALLED);
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final PollStatus status = new PollStatus(worker, topic, clock);
    private final TopicDirectory topics =
            new TopicDirectory(
                    () -> Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())),
                    clock);
    private final Queue<Long> taken = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Runnable> afterPoll = new AtomicReference<>();
    private final AtomicReference<TrackingConsumer> consumer = new AtomicReference<>();
    private final CountDownLatch parked = new CountDownLatch(1);
    private final CamelContext context = new DefaultCamelContext();
    private final PollRestart restart =
            new PollRestart(context, "order-lookup-kafka", consumer::get, STALLED, clock);
    private volatile boolean refusing;

    @BeforeEach
    void start() throws Exception {
        broker.createTopic(topic, 1);
        KafkaComponent component = new KafkaComponent();
        component.getConfiguration().setBrokers(broker.bootstrapServers());
        component.setKafkaClientFactory(new Clients());
        context.addComponent("requests", component);
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("requests:"
                                        + topic
                                        + "?groupId="
                                        + topic
                                        + "&autoOffsetReset=earliest&autoCommitEnable=false"
                                        + "&pollTimeoutMs=200&maxPollIntervalMs=6000"
                                        + "&sessionTimeoutMs=6000&shutdownTimeout=1000")
                                .routeId("order-lookup-kafka")
                                .process(exchange -> take(exchange));
                    }
                });
        context.start();
        send();
        await().atMost(PATIENCE).until(() -> committed() == RECORDS);
    }

    @AfterEach
    void stop() {
        parked.countDown();
        context.stop();
        topics.close();
        client.close();
    }

    @Test
    void takesEverythingWithOneConsumerAfterTheThreadHasEnded() throws Exception {
        TrackingConsumer first = consumer.get();
        afterNextRecords(
                () -> {
                    throw new NoClassDefFoundError("ends the thread of camel-kafka");
                });
        send();
        awaitStalled();
        assertThat(committed()).isEqualTo(RECORDS);

        restart.check();

        awaitAllTakenByOneOtherConsumer(first);
    }

    @Test
    void takesEverythingWithOneConsumerAfterTheThreadHasHung() throws Exception {
        TrackingConsumer first = consumer.get();
        afterNextRecords(() -> awaitUninterruptibly(parked));
        send();
        awaitStalled();

        restart.check();
        await().atMost(PATIENCE).until(() -> committed() == 2 * RECORDS);
        parked.countDown();

        awaitAllTakenByOneOtherConsumer(first);
        send();
        await().atMost(PATIENCE).until(() -> committed() == 3 * RECORDS);
    }

    @Test
    void endsTheProcessWhenTheRouteCannotBeStartedAnew() throws Exception {
        refusing = true;
        afterNextRecords(
                () -> {
                    throw new NoClassDefFoundError("ends the thread of camel-kafka");
                });
        send();
        awaitStalled();

        restart.check();

        ProcessWatch watch = new ProcessWatch(supervisor, () -> {}, 3);
        watch.run();
        watch.run();
        assertThat(status.trouble()).isPresent();
        assertThat(ends).isEmpty();
        watch.run();
        assertThat(ends).hasSize(1);
    }

    @Test
    void leavesARouteThatWasStoppedOnPurposeAlone() throws Exception {
        context.getRouteController().stopRoute("order-lookup-kafka");
        awaitStalled();

        restart.check();

        assertThat(context.getRouteController().getRouteStatus("order-lookup-kafka"))
                .isEqualTo(ServiceStatus.Stopped);
    }

    private void awaitStalled() {
        await().atMost(PATIENCE).until(() -> consumer.get().sincePoll().compareTo(STALLED) > 0);
        await().atMost(PATIENCE).until(worker::isStalled);
    }

    private void awaitAllTakenByOneOtherConsumer(TrackingConsumer first) {
        await().atMost(PATIENCE).until(() -> committed() == 2 * RECORDS);
        assertThat(consumer.get()).isNotSameAs(first);
        assertThat(taken).contains(0L, 9L, 10L, 19L).doesNotContain(20L);
        assertThat(taken.stream().distinct()).hasSize(2 * RECORDS);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(members()).isEqualTo(1));
        assertThat(worker.isStalled()).isFalse();
        assertThat(tracker.pending()).isZero();
    }

    private void send() {
        for (int i = 0; i < RECORDS; i++) {
            client.send(topic, "key", "value");
        }
    }

    private long committed() {
        return client.committedOffsets(topic).getOrDefault(new TopicPartition(topic, 0), 0L);
    }

    private int members() throws Exception {
        return broker.admin()
                .describeConsumerGroups(List.of(topic))
                .describedGroups()
                .get(topic)
                .get()
                .members()
                .size();
    }

    private void take(Exchange exchange) {
        if (!consumer.get().isPolledBy(Thread.currentThread())) {
            return;
        }
        Message message = exchange.getMessage();
        long offset = message.getHeader(KafkaHeaderNames.OFFSET, Long.class);
        taken.add(offset);
        tracker.done(tracker.take(new TopicPartition(topic, 0), offset, 0));
    }

    /** What the poll thread does between a poll that brought records and their hand-over. */
    private void afterNextRecords(Runnable action) {
        afterPoll.set(action);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // It hangs, and ignores interrupts.
            }
        }
    }

    private final class Clients extends DefaultKafkaClientFactory {

        @Override
        public Consumer<Object, Object> getConsumer(Properties properties) {
            if (refusing && consumer.get() != null) {
                throw new IllegalStateException("no other consumer");
            }
            TrackingConsumer made = new Interruptible(properties);
            consumer.set(made);
            return made;
        }
    }

    private final class Interruptible extends TrackingConsumer {

        Interruptible(Properties properties) {
            super(
                    properties,
                    tracker,
                    new PollLimits(100, 10, 1 << 20),
                    new PublishHealth(supervisor.worker("publish", Duration.ofDays(1)), clock),
                    new HealthyUpstream(),
                    status,
                    new TopicWatch(topics, topic),
                    supervisor,
                    () -> false);
        }

        @Override
        public ConsumerRecords<Object, Object> poll(Duration timeout) {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            Runnable action = records.isEmpty() ? null : afterPoll.getAndSet(null);
            if (action != null) {
                action.run();
            }
            return records;
        }
    }
}
