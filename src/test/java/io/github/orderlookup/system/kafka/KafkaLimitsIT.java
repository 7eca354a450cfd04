package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests and reply topics that can hold up others, in a service with a heap of 256 MB. */
class KafkaLimitsIT {
    @RegisterExtension
    static final KafkaFixture KAFKA =
            new KafkaFixture(
                    service ->
                            service.simulator(Simulator.builder().httpApi())
                                    .setting(
                                            "order-lookup.reply-topics",
                                            Pattern.quote(service.topics().group()) + ".*")
                                    .topic(
                                            compacted(service.topics()),
                                            1,
                                            Map.of("cleanup.policy", "compact")));

    private final RunningService service = KAFKA.service();
    private final Asker asker = KAFKA.asker();
    private final String compacted = compacted(service.topics());

    private static String compacted(Topics topics) {
        return topics.replies() + ".compacted";
    }

    @Test
    void answersManyRequestsThatArePaddedToAMegabyte() {
        byte[] padded = bytes(request("order--padded").replace("}", " ".repeat(1_000_000) + "}"));
        List<ProducerRecord<byte[], byte[]>> requests = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            requests.add(new ProducerRecord<>(service.topics().requests(), padded));
        }

        List<RecordMetadata> asked = service.client().sendAll(requests);
        asker.awaitAll(asked);

        Outcome outcome = asker.outcome(asked.get(399));
        assertThat(outcome.kind()).isEqualTo("invalid-request");
        assertThat(outcome.json().path("detail").asText()).contains("64 KiB");
        assertThat(Base64.getDecoder().decode(outcome.json().at("/request/value").asText()))
                .isEqualTo(java.util.Arrays.copyOf(padded, 1_024));
        asker.awaitCommitOfEverything();
    }

    @Test
    void doesNotEchoAKeyThatIsTooLarge() {
        byte[] key = new byte[1_048_450];

        Outcome unreadable = asker.outcome(asker.send(key, bytes("{}")));
        Outcome readable = asker.outcome(asker.send(new byte[16_385], bytes(request("order--1"))));
        Outcome largest = asker.outcome(asker.send(new byte[16_384], bytes(request("order--2"))));

        assertThat(unreadable.kind()).isEqualTo("invalid-request");
        assertThat(unreadable.key()).isNull();
        assertThat(readable.kind()).isEqualTo("invalid-request");
        assertThat(readable.json().path("detail").asText()).contains("16 KiB");
        assertThat(readable.json().path("orderId").asText()).isEqualTo("order--1");
        assertThat(readable.key()).isNull();
        assertThat(largest.kind()).isEqualTo("found");
        assertThat(largest.key()).hasSize(16_384);
        asker.awaitCommitOfEverything();
    }

    @Test
    void sendsWhatAReplyTopicDoesNotTakeToTheErrorsTopic() {
        RecordMetadata refused =
                asker.send(null, bytes(request("http-404")), header("kafka_replyTopic", compacted));
        RecordMetadata other = asker.send(request("order--other"));

        Outcome problem = asker.outcome(refused);

        assertThat(problem.topic()).isEqualTo(service.topics().errors());
        assertThat(problem.kind()).isEqualTo("order-not-found");
        assertThat(problem.json().path("detail").asText()).contains(compacted);
        assertThat(asker.outcome(other).kind()).isEqualTo("found");
        asker.awaitCommitOfEverything();
    }
}
