package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * A request topic whose offsets do not go on: everything is answered and committed all the same.
 */
class KafkaTopicAnewIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    @Test
    void answersEverythingInATopicThatWasDeletedAndMadeAnew() {
        try (RunningService service =
                RunningService.builder().simulator(Simulator.builder().httpApi()).start()) {
            String topic = service.topics().requests();
            ask(service, "before", 400);
            awaitAnswers(service, "before", 400);
            awaitCommit(service, 400);

            service.broker().deleteTopic(topic);
            service.broker().createTopic(topic, PARTITIONS);
            // As many as before: no offset shows that the topic is another one.
            ask(service, "after", 400);
            awaitAnswers(service, "after", 400);
            ask(service, "more", 40);

            awaitAnswers(service, "more", 40);
            awaitCommit(service, 440);
        }
    }

    @Test
    void answersWhatIsLeftAfterRecordsWereRemoved() throws Exception {
        try (RunningService service =
                RunningService.builder().simulator(Simulator.builder().httpApi()).start()) {
            ask(service, "before", 40);
            awaitCommit(service, 40);
            service.process().terminate();
            ask(service, "removed", 40);
            Map<TopicPartition, RecordsToDelete> all =
                    IntStream.range(0, PARTITIONS)
                            .boxed()
                            .collect(
                                    toMap(
                                            n -> partition(service, n),
                                            n -> RecordsToDelete.beforeOffset(-1)));
            service.broker().admin().deleteRecords(all).all().get();
            service.restart();

            ask(service, "left", 40);

            awaitAnswers(service, "left", 40);
            awaitCommit(service, 120);
        }
    }

    private static TopicPartition partition(RunningService service, int number) {
        return new TopicPartition(service.topics().requests(), number);
    }

    /** By a producer of its own: one that knew the topic before needs a while for the new one. */
    private static void ask(RunningService service, String name, int count) {
        List<ProducerRecord<byte[], byte[]>> records =
                IntStream.range(0, count).mapToObj(n -> record(service, name, n)).toList();
        try (TopicClient client = new TopicClient(service.broker().bootstrapServers())) {
            assertThat(client.sendAll(records)).hasSize(count);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            RunningService service, String name, int number) {
        return new ProducerRecord<>(
                service.topics().requests(),
                number % PARTITIONS,
                null,
                bytes(request("order--" + name + "-" + number)));
    }

    private static void awaitAnswers(RunningService service, String name, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(answered(service, name)).hasSize(count));
    }

    private static Set<String> answered(RunningService service, String name) {
        return service.client().readAll(service.topics().results()).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .filter(id -> id.startsWith("order--" + name + "-"))
                .collect(toSet());
    }

    private static void awaitCommit(RunningService service, int count) {
        Map<TopicPartition, Long> ends =
                IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(toMap(n -> partition(service, n), n -> (long) count / PARTITIONS));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                service.client()
                                                        .committedOffsets(service.topics().group()))
                                        .isEqualTo(ends));
    }
}
