package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.kafka.SpringRequestReply;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Outcomes that go where the request wants them, and requests that want the impossible. */
class KafkaReplyIT {
    private static RunningService service;
    private static Asker asker;
    private static String replies;
    private static String smallReplies;

    @BeforeAll
    static void start() {
        RunningService.Builder builder =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        Topics topics = builder.topics();
        replies = topics.replies();
        smallReplies = replies + ".small";
        String any = Pattern.quote(topics.group()) + ".*|__.*|x+|" + Pattern.quote("x/y");
        service =
                builder.setting("order-lookup.reply-topics", any)
                        .topic(smallReplies, 1, Map.of("max.message.bytes", "300"))
                        .topic("other-" + replies, 1, Map.of())
                        .start();
        asker =
                new Asker(
                        service, List.of(topics.results(), topics.errors(), replies, smallReplies));
    }

    @AfterAll
    static void close() {
        asker.close();
        service.close();
    }

    @ParameterizedTest
    @MethodSource("everyKindOfRequest")
    void answersWhereTheRequestWantsIt(String value, String kind) {
        Outcome outcome = asker.ask(value, header("kafka_replyTopic", replies));

        assertThat(outcome.topic()).isEqualTo(replies);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.key()).isEqualTo(bytes("a-key"));
        assertThat(outcome.headerNames()).doesNotContain("kafka_replyTopic");
        assertThat(asker.all().get(outcome.eventId())).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("everyKindOfRequest")
    void answersOnThePartitionThatTheRequestNames(String value, String kind) {
        for (int partition : List.of(1, 0)) {
            Outcome outcome =
                    asker.ask(
                            value,
                            header("kafka_replyTopic", replies),
                            header("kafka_replyPartition", fourBytes(partition)));

            assertThat(outcome.kind()).isEqualTo(kind);
            assertThat(outcome.topic()).isEqualTo(replies);
            assertThat(outcome.record().partition()).isEqualTo(partition);
        }
    }

    @Test
    void countsAnAddressThatIsGivenTwiceOnce() {
        Outcome outcome =
                asker.ask(
                        request("order--twice"),
                        header("kafka_replyTopic", replies),
                        header("kafka_replyPartition", fourBytes(1)),
                        header("kafka_replyPartition", fourBytes(1)),
                        header("kafka_replyTopic", replies));

        assertThat(outcome.topic()).isEqualTo(replies);
        assertThat(outcome.record().partition()).isEqualTo(1);
    }

    @Test
    void looksAgainForWhatWasMadeAMomentAgo() throws Exception {
        String late = service.topics().group() + ".late";
        Outcome missing = asker.ask(request("order--late"), header("kafka_replyTopic", late));
        service.broker().createTopic(late, 1);
        asker.send(request("order--made"), header("kafka_replyTopic", late));
        service.client().await(late, 1);
        Map<String, NewPartitions> more = Map.of(late, NewPartitions.increaseTo(2));
        service.broker().admin().createPartitions(more).all().get();

        asker.send(
                request("order--grown"),
                header("kafka_replyTopic", late),
                header("kafka_replyPartition", fourBytes(1)));

        assertThat(missing.kind()).isEqualTo("invalid-request");
        assertThat(service.client().await(late, 1, record -> record.partition() == 1)).hasSize(1);
    }

    static Stream<Arguments> everyKindOfRequest() {
        return Stream.of(
                arguments(request("order--1"), "found"),
                arguments(request("http-404"), "order-not-found"),
                arguments("no JSON", "invalid-request"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refusesAnImpossibleAddressOnTheErrorsTopicWithoutACall(String why, List<Header> address) {
        String orderId = "order--" + Math.abs(why.hashCode());

        Outcome outcome = asker.ask(request(orderId), address.toArray(Header[]::new));

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.kind()).isEqualTo("invalid-request");
        assertThat(outcome.json().path("detail").asText()).contains("kafka_reply");
        assertThat(outcome.json().path("orderId").asText()).isEqualTo(orderId);
        assertThat(outcome.json().path("request").has("value")).isFalse();
        assertThat(outcome.headerNames()).contains("ce_subject").doesNotContain("MS-RequestId");
        assertThat(service.simulator().apiLog().forOrder(orderId)).isEmpty();
    }

    @Test
    void makesNoTopic() throws Exception {
        String missing = service.topics().group() + ".made-by-nobody";

        asker.ask(request("order--made"), header("kafka_replyTopic", missing));

        assertThat(service.broker().admin().listTopics().names().get())
                .contains(replies)
                .doesNotContain(missing);
    }

    @Test
    void doesNotLetImpossibleAddressesHoldUpOthers() {
        List<RecordMetadata> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(
                    asker.send(
                            request("order--missing-" + i),
                            header("kafka_replyTopic", service.topics().group() + ".no-" + i)));
            asked.add(asker.send(request("order--present-" + i)));
        }

        asker.awaitAll(asked);

        asker.awaitCommitOfEverything();
    }

    @Test
    void answersOnTheErrorsTopicWhatTheReplyTopicDoesNotTake() {
        Outcome outcome =
                asker.ask(request("order--small"), header("kafka_replyTopic", smallReplies));

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.kind()).isEqualTo("outcome-too-large");
        asker.awaitCommitOfEverything();
    }

    @Test
    void givesSpringItsOrderAndItsProblem() throws Exception {
        try (var spring =
                new SpringRequestReply(
                        service.broker().bootstrapServers(),
                        service.topics().requests(),
                        replies)) {
            ConsumerRecord<String, String> order = spring.ask("a key", request("order--spring"));
            ConsumerRecord<String, String> problem = spring.ask(null, request("http-403--spring"));

            assertThat(order.key()).isEqualTo("a key");
            assertThat(order.value()).contains("\"id\":\"order--spring\"");
            assertThat(problem.key()).isNull();
            assertThat(problem.value()).contains("urn:order-lookup:problem:access-denied");
        }
    }

    static Stream<Arguments> impossible() {
        byte[] noText = {(byte) 0xFF, (byte) 0xC3};
        Topics topics = service.topics();
        return Stream.of(
                arguments("not allowed", topic("other-" + replies)),
                arguments("two of them", List.of(topic(replies).get(0), topic("xx").get(0))),
                arguments("the request topic", topic(topics.requests())),
                arguments("internal", topic("__consumer_offsets")),
                arguments("another internal one", topic("__transaction_state")),
                arguments("missing", topic(topics.group() + ".missing")),
                arguments("empty", topic("")),
                arguments("null", List.of(header("kafka_replyTopic", (byte[]) null))),
                arguments("no text", List.of(header("kafka_replyTopic", noText))),
                arguments("illegal", topic("x/y")),
                arguments("longest legal, missing", topic("x".repeat(249))),
                arguments("250 characters", topic("x".repeat(250))),
                arguments("partition out of range", partition(fourBytes(2))),
                arguments("partition far out", partition(fourBytes(Integer.MAX_VALUE))),
                arguments("negative partition", partition(fourBytes(-1))),
                arguments("partition of 3 bytes", partition(new byte[3])),
                arguments("partition of 8 bytes", partition(new byte[8])),
                arguments("empty partition", partition(new byte[0])),
                arguments("partition as text", partition("1".getBytes(StandardCharsets.UTF_8))),
                arguments(
                        "partition twice",
                        Stream.of(partition(fourBytes(0)), partition(fourBytes(1)).subList(1, 2))
                                .flatMap(List::stream)
                                .toList()));
    }

    private static List<Header> topic(String name) {
        return List.of(header("kafka_replyTopic", name));
    }

    private static List<Header> partition(byte[] value) {
        return List.of(header("kafka_replyTopic", replies), header("kafka_replyPartition", value));
    }

    private static byte[] fourBytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
