package io.github.orderlookup.system.security;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing but the two ids steers a call, and nothing but the key and the reply headers its outcome.
 */
class KafkaSteeringIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningService service;
    private static Asker asker;
    private static String evil;
    private static Outcome plain;

    @BeforeAll
    static void start() {
        RunningService.Builder builder =
                RunningService.builder().simulator(Simulator.builder().httpApi().anyOrder());
        evil = builder.topics().group() + ".evil";
        service = builder.topic(evil, 2, Map.of()).start();
        asker =
                new Asker(
                        service,
                        List.of(service.topics().results(), service.topics().errors(), evil));
        plain = asker.ask(request("order--plain"));
    }

    @AfterAll
    static void close() {
        asker.close();
        service.close();
    }

    static Stream<UnaryOperator<String>> spellings() {
        return ControlHeaders.spellings().stream();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void isNotSteeredByHeadersOfTheRequest(UnaryOperator<String> spelling) {
        String orderId = "http-500-once--" + spelling.apply("HeaderOf");
        Header[] texts =
                ControlHeaders.headers(spelling, evil).entrySet().stream()
                        .map(name -> header(name.getKey(), name.getValue()))
                        .toArray(Header[]::new);
        byte[] one = ByteBuffer.allocate(Integer.BYTES).putInt(1).array();
        Header[] numbers =
                ControlHeaders.names().stream()
                        .map(name -> header(spelling.apply(name), one))
                        .toArray(Header[]::new);

        assertUnsteered(asker.ask(request(orderId), texts), orderId);
        assertUnsteered(asker.ask(request(orderId), numbers), orderId);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void isNotSteeredByMembersOfTheRequest(UnaryOperator<String> spelling) throws Exception {
        String orderId = "order--" + spelling.apply("MemberOf");
        ObjectNode value = (ObjectNode) JSON.readTree(request(orderId));
        ControlHeaders.headers(spelling, evil)
                .forEach((name, text) -> value.putIfAbsent(name, JSON.valueToTree(text)));

        assertUnsteered(asker.ask(value.toString()), orderId);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    @SuppressWarnings("unchecked") // An array of entries.
    void isNotSteeredByHeadersOfTheAnswer(UnaryOperator<String> spelling) {
        String orderId = "order--" + spelling.apply("AnswerTo");
        List<Map.Entry<String, String>> all =
                List.copyOf(ControlHeaders.headers(spelling, evil).entrySet());
        for (int from = 0; from < all.size(); from += 50) {
            Map<String, String> some =
                    Map.ofEntries(
                            all.subList(from, Math.min(from + 50, all.size()))
                                    .toArray(Map.Entry[]::new));
            service.simulator()
                    .answer(
                            orderId,
                            Answers.withHeaders(500, some),
                            Answers.withHeaders(200, some));

            Outcome outcome = asker.ask(request(orderId));

            assertUnsteered(outcome, orderId);
            assertThat(outcome.headerText("order-lookup-attempts")).isEqualTo("2");
        }
    }

    /** What leaves for an id is the path of the call with it as it is, or nothing leaves. */
    @Test
    void callsForGoodIdsAloneAndAsTheyAre() {
        List<Ids.Pair> pairs = Ids.pairs(20_261_122, 400);
        service.simulator().apiLog().clear();

        List<RecordMetadata> asked =
                pairs.stream()
                        .map(
                                pair ->
                                        JSON.createObjectNode()
                                                .put("customerId", pair.customerId())
                                                .put("orderId", pair.orderId()))
                        .map(value -> asker.send(value.toString()))
                        .toList();
        asker.awaitAll(asked);

        for (int i = 0; i < pairs.size(); i++) {
            assertThat(asker.outcome(asked.get(i)).kind())
                    .isEqualTo(pairs.get(i).isGood() ? "found" : "invalid-request");
        }
        assertThat(service.simulator().apiLog().all())
                .extracting(Received::uri)
                .containsExactlyInAnyOrderElementsOf(
                        pairs.stream().filter(Ids.Pair::isGood).map(Ids.Pair::path).toList());
    }

    private static void assertUnsteered(Outcome outcome, String orderId) {
        assertThat(outcome.kind()).as(outcome.toString()).isEqualTo("found");
        assertThat(outcome.topic()).isEqualTo(service.topics().results());
        assertThat(outcome.record().partition()).isEqualTo(plain.record().partition());
        assertThat(outcome.key()).isEqualTo(bytes("a-key"));
        assertThat(outcome.json().path("id").asText()).isEqualTo(orderId);
        assertThat(outcome.headerNames()).containsExactlyInAnyOrderElementsOf(plain.headerNames());
        assertThat(outcome.record().timestamp()).isGreaterThan(plain.record().timestamp() - 1);
        List<Received> calls = service.simulator().apiLog().forOrder(orderId);
        assertThat(calls).isNotEmpty();
        for (Received call : calls) {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.uri()).isEqualTo("/v1/customers/" + CUSTOMER + "/orders/" + orderId);
            assertThat(call.toString()).doesNotContain(ControlHeaders.EVIL, evil);
        }
        assertThat(asker.all().values().stream().flatMap(List::stream))
                .noneMatch(other -> other.topic().equals(evil));
    }
}
