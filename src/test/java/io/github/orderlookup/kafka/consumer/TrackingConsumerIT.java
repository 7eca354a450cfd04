package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.MonotonicClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consumer at a real broker, and failures that name no partition. */
@Timeout(120)
class TrackingConsumerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<String> ALL = List.of("a0", "a1", "a2", "b0", "b1", "b2");

    private final Broker broker = Broker.shared();
    private final TopicClient client = new TopicClient(broker.bootstrapServers());
    private final String topic = "requests-" + UUID.randomUUID();
    private final TopicPartition first = new TopicPartition(topic, 0);
    private final TopicPartition second = new TopicPartition(topic, 1);
    private final Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
    private final List<Throwable> ends = new ArrayList<>();
    private final Supervisor supervisor = new Supervisor(clock, ends::add);
    private final PollStatus status =
            new PollStatus(supervisor.worker("kafka-poll", Duration.ofDays(1)), topic, clock);
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final TopicDirectory topics =
            new TopicDirectory(
                    () -> Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())),
                    clock);
    private final Values values = new Values();
    private final List<String> taken = new ArrayList<>();
    private TrackingConsumer consumer;

    @BeforeEach
    void send() {
        broker.createTopic(topic, 2);
        for (String value : ALL) {
            client.send(
                    new ProducerRecord<>(
                            topic,
                            value.startsWith("a") ? 0 : 1,
                            null,
                            value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @AfterEach
    void close() {
        consumer.close();
        topics.close();
        client.close();
    }

    @Test
    void findsThePartitionThatAFailureDoesNotName() {
        values.change = broken("a0");
        consumer = subscribed();

        pollUntilTaken(List.of("b0", "b1", "b2"));
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            poll();
                            return status.unreadable().offset(first).isPresent();
                        });

        assertThat(status.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("Topic " + topic)
                                        .contains("partition 0 cannot be read at offset 0"));
        assertThat(status.unreadable().offset(second)).isEmpty();
        values.change = UnaryOperator.identity();
        pollUntilTaken(ALL);
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(status.unreadable().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b0", "b1", "b2"})
    void passesOverNothingAfterAnErrorThatComesOnce(String value) {
        values.change = once(broken(value));
        consumer = subscribed();

        pollUntilTaken(ALL);

        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void passesOverNothingAfterAnErrorOfTheVirtualMachine() {
        values.change =
                once(
                        value -> {
                            if (value.equals("a1")) {
                                throw new OutOfMemoryError("a small one");
                            }
                            return value;
                        });
        consumer = subscribed();

        pollUntilTaken(ALL);

        assertThat(taken).doesNotHaveDuplicates();
        assertThat(ends).hasSize(1);
    }

    @Test
    void readsFromTheBeginningWhatWasCommittedForAnotherTopicOfTheName() throws Exception {
        commit(new OffsetAndMetadata(2, TopicWatch.metadata(Uuid.randomUuid())));
        consumer = subscribed();

        pollUntilTaken(ALL);

        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhereItWasCommittedForThisTopic() throws Exception {
        commit(new OffsetAndMetadata(2, TopicWatch.metadata(topics.id(topic).orElseThrow())));
        consumer = subscribed();

        pollUntilTaken(List.of("a2", "b2"));

        assertThat(taken).doesNotContain("a0", "a1", "b0", "b1");
    }

    @Test
    void goesOnWhereItWasCommittedWithoutATopic() throws Exception {
        commit(new OffsetAndMetadata(2));
        consumer = subscribed();

        pollUntilTaken(List.of("a2", "b2"));

        assertThat(taken).doesNotContain("a0", "a1", "b0", "b1");
    }

    private void commit(OffsetAndMetadata offset) throws Exception {
        broker.admin()
                .alterConsumerGroupOffsets(topic, Map.of(first, offset, second, offset))
                .all()
                .get();
    }

    private TrackingConsumer subscribed() {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Values.class);
        properties.put(Values.CONFIG, values);
        TrackingConsumer made =
                new TrackingConsumer(
                        properties,
                        tracker,
                        new PollLimits(100, 10, 1 << 20),
                        new PublishHealth(supervisor.worker("publish", Duration.ofDays(1)), clock),
                        new HealthyUpstream(),
                        status,
                        new TopicWatch(topics, topic),
                        supervisor,
                        () -> false);
        made.subscribe(List.of(topic), new Silent());
        return made;
    }

    private void pollUntilTaken(List<String> wanted) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            poll();
                            return taken.containsAll(wanted);
                        });
    }

    private void poll() {
        for (ConsumerRecord<Object, Object> record : consumer.poll(POLL)) {
            taken.add((String) record.value());
            TopicPartition partition = new TopicPartition(topic, record.partition());
            tracker.done(tracker.take(partition, record.offset(), 0));
        }
    }

    /** An error that says nothing of the partition, when it comes to this value. */
    private static UnaryOperator<String> broken(String bad) {
        return value -> {
            if (value.equals(bad)) {
                throw new NoClassDefFoundError("of no use");
            }
            return value;
        };
    }

    private UnaryOperator<String> once(UnaryOperator<String> failing) {
        return value -> {
            try {
                return failing.apply(value);
            } catch (Error e) {
                values.change = UnaryOperator.identity();
                throw e;
            }
        };
    }

    /** Reads values as texts, and may fail at any of them. */
    public static final class Values implements Deserializer<String> {

        static final String CONFIG = "values";

        private Values owner = this;
        private volatile UnaryOperator<String> change = UnaryOperator.identity();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            owner = (Values) configs.get(CONFIG);
        }

        @Override
        public String deserialize(String from, byte[] data) {
            return owner.change.apply(new String(data, StandardCharsets.UTF_8));
        }
    }

    private static final class Silent implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }
}
