package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every request has its outcome, and no offset is committed before its time. */
class KafkaOffsetsIT {
    private static final int REQUESTS = 2_000;
    private static final List<String> MALFORMED =
            List.of(
                    "",
                    "no JSON",
                    "[]",
                    "null",
                    "{}",
                    "{\"customerId\": 1, \"orderId\": 2}",
                    request("an id that is none"),
                    request("no customer", "order--1"),
                    request("order--1") + "{}",
                    request("order--1").replace("}", ", \"deadline\": \"soon\"}"));

    @RegisterExtension
    static final KafkaFixture KAFKA =
            new KafkaFixture(service -> service.simulator(Simulator.builder().httpApi()));

    private final RunningService service = KAFKA.service();
    private final Asker asker = KAFKA.asker();

    @Test
    void answersEachOfManyRequestsOnceAndCommitsThemAll() {
        Map<String, String> expected = new HashMap<>();
        List<ProducerRecord<byte[], byte[]>> requests = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            boolean malformed = i % 3 == 0;
            String value =
                    malformed ? MALFORMED.get(i / 3 % MALFORMED.size()) : request("order--" + i);
            kinds.add(malformed ? "invalid-request" : "found");
            requests.add(record(i % 30 == 3 ? null : bytes(value), i));
        }
        service.simulator().latency(Duration.ofMillis(1), Duration.ofMillis(40));

        List<RecordMetadata> asked = service.client().sendAll(requests);
        asker.awaitAll(asked);

        asker.awaitCommitOfEverything();
        for (int i = 0; i < REQUESTS; i++) {
            expected.put(Asker.eventId(asked.get(i)), kinds.get(i));
        }
        Map<String, List<Outcome>> outcomes = asker.all();
        assertThat(outcomes).hasSize(REQUESTS);
        outcomes.forEach(
                (id, all) ->
                        assertThat(all)
                                .as(id)
                                .singleElement()
                                .satisfies(
                                        outcome ->
                                                assertThat(outcome.kind())
                                                        .isEqualTo(expected.get(id))));
        service.simulator().latency(Duration.ZERO);
    }

    @Test
    void commitsNothingBehindALookupThatIsUnderWay() {
        CompletableFuture<Void> release = new CompletableFuture<>();
        service.simulator().answer("order--held", Answers.after(release));
        RecordMetadata before = asker.sendTo(0, request("order--before"));
        RecordMetadata held = asker.sendTo(0, request("order--held"));
        List<RecordMetadata> behind = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            behind.add(asker.sendTo(0, i % 2 == 0 ? request("order--behind-" + i) : "{}"));
        }
        asker.awaitAll(behind);
        asker.outcome(before);

        // What is sent now and committed in another partition was committed after all of these.
        RecordMetadata elsewhere = asker.sendTo(1, request("order--elsewhere"));
        service.process().await("commit elsewhere", () -> committed(1) == elsewhere.offset() + 1);
        assertThat(committed(0)).isEqualTo(held.offset());
        assertThat(asker.all()).doesNotContainKey(Asker.eventId(held));

        release.complete(null);
        assertThat(asker.outcome(held).kind()).isEqualTo("found");
        asker.awaitCommitOfEverything();
        assertThat(asker.all().values()).allSatisfy(all -> assertThat(all).hasSize(1));
    }

    @Test
    void readsPartitionsThatAreAddedWithinAMinute() throws Exception {
        String topic = service.topics().requests();
        Map<String, NewPartitions> more = Map.of(topic, NewPartitions.increaseTo(5));
        service.broker().admin().createPartitions(more).all().get();

        RecordMetadata asked = asker.sendTo(4, request("order--added"));

        assertThat(asker.outcome(asked).kind()).isEqualTo("found");
    }

    private long committed(int partition) {
        return asker.committed().getOrDefault(partition, 0L);
    }

    private ProducerRecord<byte[], byte[]> record(byte @Nullable [] value, int number) {
        return new ProducerRecord<>(
                service.topics().requests(), number % 4, bytes("key-" + number), value);
    }
}
