package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * Records, keys and topics that hold up nothing but themselves, under load, in a heap of 256 MiB.
 */
class NeighbourChaos {
    private static final int PER_SECOND = 100;
    private static final int WARM = 3 * PER_SECOND;
    private static final int PARTITIONS = 4;
    private static final int MAX_PENDING = 2048;
    private static final int BEHIND = 100;
    private static final int LARGE = 100;
    private static final int REFUSED = 300;
    private static final int LARGEST_KEY = 1_048_450;
    private static final int PADDING = 1_000_000;
    private static final List<Integer> OTHERS = List.of(1, 2, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** Longer than a fetch waits at the broker. */
    private static final Duration NO_FETCH = Duration.ofSeconds(2);

    private static final String UNREADABLE = "partition 0 cannot be read";

    /**
     * The library that unpacks the record is not there: each poll of it throws an {@code Error}.
     */
    @Test
    void anErrorInThePollThread() {
        try (RunningService service =
                        builder()
                                .property("org.xerial.snappy.disable.bundled.libs", "true")
                                .start();
                Load load = new Load(service).startIn(PER_SECOND, OTHERS)) {
            load.awaitOutcomes(WARM);

            Instant packed = Instant.now();
            load.addAside(sendPacked(service));
            awaitUnreadable(service);
            askBehind(load);
            load.awaitOutcomes(load.answered() + 10 * PER_SECOND);
            Duration silence = load.longestSilence(packed, Instant.now());
            assertThat(service.process().terminate()).isEqualTo(143);
            try (RunningService healthy = RunningService.beside(service).start()) {
                load.stop();
                load.awaitEverything();
                assertThat(new RestClient(healthy).isAlive()).isTrue();
            }

            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(load.repeated()).isLessThanOrEqualTo(MAX_PENDING);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "02-8-error",
                    "An `Error` in the poll thread (a compressed record whose library is missing):"
                            + " readiness names the partition, the others go on, and it is answered"
                            + " by a process that has the library.",
                    "NeighbourChaos.anErrorInThePollThread",
                    load,
                    Finding.others(silence));
        }
    }

    @Test
    void aBrokenBatch() {
        try (Broker broker = Broker.start();
                RunningService service = builder().broker(broker).start();
                Load load = new Load(service).startIn(PER_SECOND, OTHERS)) {
            load.awaitOutcomes(WARM);
            String topic = service.topics().requests();

            service.process().freeze();
            LockSupport.parkNanos(NO_FETCH.toNanos());
            load.addAside(service.client().send(load.recordIn(0, order("broken"))));
            long bit = broker.flipLastBit(topic, 0);
            service.process().thaw();
            Instant broken = Instant.now();
            awaitUnreadable(service);
            askBehind(load);
            load.awaitOutcomes(load.answered() + 10 * PER_SECOND);
            Duration silence = load.longestSilence(broken, Instant.now());
            int printed = service.process().stdout().length();
            broker.flipBit(topic, 0, bit);
            load.stop();
            load.awaitEverything();

            assertNothingLost(load, 0);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "02-9-broken-batch",
                    "One bit of a stored batch is flipped: its partition waits, and readiness names"
                            + " it; the others go on; nothing is skipped once the bit is right.",
                    "NeighbourChaos.aBrokenBatch",
                    load,
                    Finding.others(silence),
                    printed / 1024 + " KiB of log");
        }
    }

    @Test
    void aTopicMadeAnew() {
        try (RunningService service = builder().start();
                Load load = Load.byKey(service).start(PER_SECOND)) {
            load.awaitOutcomes(10 * PER_SECOND);
            String topic = service.topics().requests();

            Instant before = Instant.now();
            service.broker().deleteTopic(topic);
            Instant deleted = Instant.now();
            service.broker().createTopic(topic, PARTITIONS);
            load.awaitOutcomes(load.answered() + 10 * PER_SECOND);
            Duration silence = load.longestSilence(before, Instant.now());
            load.stop();
            int gone = load.awaitOutcomesSince(deleted);

            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(load.repeated()).isLessThanOrEqualTo(MAX_PENDING);
            assertThat(gone).isLessThan(PER_SECOND);
            assertThat(silence).isLessThan(PATIENCE);
            Finding.write(
                    "01-6-topic-anew",
                    "The request topic is deleted and made anew under load, and offsets begin"
                            + " again: everything that the new one holds is answered.",
                    "NeighbourChaos.aTopicMadeAnew",
                    load,
                    gone + " deleted before they were read",
                    Finding.others(silence));
        }
    }

    @Test
    void keysAndValuesOfAMegabyte() {
        try (RunningService service = builder().start();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(WARM);
            String topic = service.topics().requests();
            byte[] padded = bytes(order("padded").replace("}", " ".repeat(PADDING) + "}"));

            Instant large = Instant.now();
            for (int i = 0; i < LARGE; i++) {
                load.askAside(new ProducerRecord<>(topic, new byte[LARGEST_KEY], bytes("{}")));
                load.askAside(new ProducerRecord<>(topic, padded));
            }
            load.awaitOutcomes(load.answered() + 2 * LARGE + WARM);
            load.awaitEverything();
            Duration silence = load.longestSilence(large, Instant.now());
            load.stop();
            load.awaitEverything();

            assertNothingLost(load, 2 * LARGE);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "07-2-megabytes",
                    "Keys and values of 1 MB in a heap of 256 MiB: each is an `invalid-request`,"
                            + " the others go on.",
                    "NeighbourChaos.keysAndValuesOfAMegabyte",
                    load,
                    load.failed() + " problems",
                    Finding.others(silence));
        }
    }

    /** A compacted topic takes no record without a key. */
    @Test
    void aReplyTopicThatRefuses() {
        RunningService.Builder options = builder();
        String compacted = options.topics().replies() + ".compacted";
        try (RunningService service =
                        options.setting(
                                        "order-lookup.reply-topics",
                                        Pattern.quote(options.topics().group()) + ".*")
                                .topic(compacted, 1, Map.of("cleanup.policy", "compact"))
                                .start();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(WARM);

            Instant refused = Instant.now();
            List<Header> reply = List.of(TopicClient.header("kafka_replyTopic", compacted));
            for (int i = 0; i < REFUSED; i++) {
                load.askAside(
                        new ProducerRecord<byte[], byte[]>(
                                service.topics().requests(),
                                (Integer) null,
                                (byte[]) null,
                                bytes(Load.request(CUSTOMER, "http-404--" + i)),
                                reply));
            }
            load.awaitOutcomes(load.answered() + 10 * PER_SECOND);
            Duration silence = load.longestSilence(refused, Instant.now());
            load.stop();
            load.awaitEverything();

            assertNothingLost(load, REFUSED);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "11-2-reply-refused",
                    "A compacted reply topic refuses outcomes without a key: they go to the"
                            + " errors topic, the others go on.",
                    "NeighbourChaos.aReplyTopicThatRefuses",
                    load,
                    load.failed() + " problems",
                    Finding.others(silence));
        }
    }

    private static void awaitUnreadable(RunningService service) {
        RestClient rest = new RestClient(service);
        await().atMost(PATIENCE).until(() -> rest.readiness().contains(UNREADABLE));
    }

    private static void askBehind(Load load) {
        for (int i = 0; i < BEHIND; i++) {
            load.askAside(load.recordIn(0, order("behind-" + i)));
        }
    }

    private static RecordMetadata sendPacked(RunningService service) {
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        service.broker().bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "snappy");
        String topic = service.topics().requests();
        try (KafkaProducer<byte[], byte[]> snappy =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return snappy.send(new ProducerRecord<>(topic, 0, null, bytes(order("packed"))))
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertNothingLost(Load load, int problems) {
        assertThat(load.lost()).isZero();
        assertThat(load.unknown()).isZero();
        assertThat(load.failed()).isEqualTo(problems);
        assertThat(load.repeated()).isZero();
    }

    private static String order(String name) {
        return Load.request(CUSTOMER, "order--" + name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RunningService.Builder builder() {
        return RunningService.builder().simulator(Simulator.builder().httpApi().anyOrder());
    }
}
