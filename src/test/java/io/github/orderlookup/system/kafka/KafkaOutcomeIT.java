package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.OTHER_CUSTOMER;
import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.order.OrderFiles;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records that the Kafka endpoint writes and the requests that it makes, against https. */
class KafkaOutcomeIT {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final byte[] NO_TEXT = {0, (byte) 0xFF, (byte) 0xC3, 'k', (byte) 0x80};

    private static final List<String> ALWAYS =
            List.of(
                    "content-type",
                    "ce_specversion",
                    "ce_id",
                    "ce_source",
                    "ce_type",
                    "ce_time",
                    "MS-CorrelationId",
                    "order-lookup-attempts");

    @RegisterExtension
    static final KafkaFixture KAFKA =
            new KafkaFixture(service -> service.setting("partner-center.include-price", "true"));

    private final RunningService service = KAFKA.service();
    private final Asker asker = KAFKA.asker();

    @Test
    void publishesAFoundOrderAndNothingElse() {
        Instant before = Instant.now();
        RecordMetadata asked = asker.send(NO_TEXT, bytes(request(OTHER_CUSTOMER, "order--1")));

        Outcome outcome = asker.outcome(asked);

        assertThat(outcome.topic()).isEqualTo(service.topics().results());
        assertThat(outcome.key()).isEqualTo(NO_TEXT);
        assertThat(outcome.json().path("id").asText()).isEqualTo("order--1");
        assertThat(outcome.headerNames())
                .containsExactlyInAnyOrderElementsOf(always("ce_subject", "MS-RequestId"));
        assertThat(outcome.headerText("content-type")).isEqualTo("application/json");
        assertThat(outcome.headerText("ce_specversion")).isEqualTo("1.0");
        assertThat(outcome.headerText("ce_id")).isEqualTo(Asker.eventId(asked));
        assertThat(outcome.headerText("ce_source")).isEqualTo("/order-lookup");
        assertThat(outcome.headerText("ce_type")).isEqualTo("order-lookup.found.v1");
        assertThat(outcome.headerText("ce_subject"))
                .isEqualTo("customers/" + OTHER_CUSTOMER + "/orders/order--1");
        assertThat(Instant.parse(outcome.headerText("ce_time")))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(outcome.headerText("order-lookup-attempts")).isEqualTo("1");
        Received call = onlyCall("order--1");
        assertThat(outcome.headerText("MS-CorrelationId"))
                .isEqualTo(call.header("MS-CorrelationId").orElseThrow())
                .satisfies(id -> assertThat(UUID.fromString(id)).isNotNull());
        assertThat(outcome.headerText("MS-RequestId"))
                .isEqualTo(call.header("MS-RequestId").orElseThrow());
    }

    @Test
    void publishesAFailureAndNothingElse() {
        RecordMetadata asked = asker.send(NO_TEXT, bytes(request(OTHER_CUSTOMER, "http-403--1")));

        Outcome outcome = asker.outcome(asked);

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.key()).isEqualTo(NO_TEXT);
        assertThat(outcome.headerNames())
                .containsExactlyInAnyOrderElementsOf(always("ce_subject", "MS-RequestId"));
        assertThat(outcome.headerText("content-type")).isEqualTo("application/problem+json");
        assertThat(outcome.headerText("ce_type")).isEqualTo("order-lookup.failed.v1");
        assertThat(outcome.headerText("ce_id")).isEqualTo(Asker.eventId(asked));
        assertThat(outcome.headerText("MS-RequestId"))
                .isEqualTo(onlyCall("http-403--1").header("MS-RequestId").orElseThrow());
        JsonNode problem = outcome.json();
        assertThat(fields(problem))
                .containsExactlyInAnyOrder(
                        "type",
                        "title",
                        "status",
                        "detail",
                        "retryable",
                        "attempts",
                        "customerId",
                        "orderId",
                        "correlationId",
                        "requestId",
                        "request",
                        "upstream");
        assertThat(problem.path("correlationId").asText())
                .isEqualTo(outcome.headerText("MS-CorrelationId"));
        assertThat(problem.path("requestId").asText())
                .isEqualTo(outcome.headerText("MS-RequestId"));
        assertThat(problem.path("request"))
                .isEqualTo(
                        Outcome.json(
                                bytes(
                                        "{\"topic\": \"%s\", \"partition\": %d, \"offset\": %d}"
                                                .formatted(
                                                        asked.topic(),
                                                        asked.partition(),
                                                        asked.offset()))));
        assertThat(problem.path("upstream").path("code").isTextual()).isTrue();
    }

    @Test
    void leavesOutWhatAnUnreadableRequestDoesNotHave() {
        Outcome outcome = asker.outcome(asker.send(null, bytes("no JSON")));

        assertThat(outcome.headerNames()).containsExactlyInAnyOrderElementsOf(always());
        assertThat(outcome.headerText("order-lookup-attempts")).isEqualTo("0");
        assertThat(outcome.key()).isNull();
    }

    @Test
    void keysAnOrderWithItsIdWhenTheRequestHasNoKey() {
        Outcome outcome = asker.outcome(asker.send(null, bytes(request("order--no-key"))));

        assertThat(outcome.key()).isEqualTo(bytes("order--no-key"));
    }

    @Test
    void keepsAnEmptyKey() {
        byte[] empty = {};

        assertThat(asker.outcome(asker.send(empty, bytes(request("order--empty")))).key())
                .isEqualTo(empty);
        assertThat(asker.outcome(asker.send(empty, bytes("{}"))).key()).isEqualTo(empty);
    }

    @Test
    void publishesEveryOrderAsTheDocumentThatItWas() {
        List<byte[]> documents = orders();
        List<RecordMetadata> asked = new ArrayList<>();
        for (byte[] document : documents) {
            JsonNode order = Outcome.json(document);
            asked.add(
                    asker.send(
                            request(
                                    order.path("referenceCustomerId").asText(),
                                    order.path("id").asText())));
        }

        asker.awaitAll(asked);

        assertThat(documents).hasSizeGreaterThan(25);
        for (int i = 0; i < documents.size(); i++) {
            Outcome outcome = asker.outcome(asked.get(i));
            assertThat(outcome.topic())
                    .as(outcome.toString())
                    .isEqualTo(service.topics().results());
            assertThat(outcome.json()).isEqualTo(Outcome.json(documents.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order--echo", "http-404--echo", "not an id"})
    void echoesWhatTheRequestWantsBack(String orderId) {
        String correlationId = "A1B2C3D4-0000-4000-8000-0123456789AB";

        Outcome outcome =
                asker.ask(
                        request(orderId),
                        header("kafka_correlationId", NO_TEXT),
                        header("MS-CorrelationId", correlationId),
                        header("traceparent", TRACE),
                        header("tracestate", "vendor=1"),
                        header("ce_specversion", "1.0"),
                        header("ce_id", "an event é"),
                        header("ce_type", "theirs"),
                        header("ce_source", "/theirs"),
                        header("ce_subject", "theirs"),
                        header("ce_time", "theirs"),
                        header("content-type", "text/theirs"));

        assertThat(outcome.headerNames())
                .containsAll(always("kafka_correlationId", "traceparent", "ce_causationid"))
                .doesNotHaveDuplicates()
                .doesNotContain("tracestate");
        assertThat(outcome.header("kafka_correlationId")).isEqualTo(NO_TEXT);
        assertThat(outcome.headerText("MS-CorrelationId")).isEqualTo(correlationId);
        assertThat(outcome.headerText("traceparent")).startsWith(TRACE.substring(0, 36));
        assertThat(outcome.headerText("ce_causationid")).isEqualTo("an event é");
        assertThat(outcome.headerText("ce_source")).isEqualTo("/order-lookup");
        assertThat(outcome.headerText("ce_type")).startsWith("order-lookup.");
    }

    @Test
    void namesNoCauseWithoutTheVersionOfCloudEvents() {
        Outcome outcome = asker.ask(request("order--2"), header("ce_id", "an event"));

        assertThat(outcome.headerNames()).doesNotContain("ce_causationid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y"
            })
    void dropsATraceParentThatIsNone(String trace) {
        Outcome outcome = asker.ask(request("order--3"), header("traceparent", trace));

        assertThat(outcome.kind()).isEqualTo("found");
        assertThat(outcome.headerText("traceparent")).isNotEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "{a1b2c3d4-0000-4000-8000-0123456789ab}",
                "a1b2c3d4-0000-4000-8000-0123456789ab\r\nX: y"
            })
    void makesACorrelationIdWhenTheGivenOneIsNoGuid(String given) {
        Outcome outcome = asker.ask(request("order--4"), header("MS-CorrelationId", given));

        assertThat(outcome.kind()).isEqualTo("found");
        assertThat(outcome.headerText("MS-CorrelationId"))
                .isNotEqualTo(given)
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource({"1024, found", "1025, invalid-request"})
    void echoesAtMostOneKibibyte(int bytes, String kind) {
        Outcome outcome =
                asker.ask(
                        request("order--5"),
                        header("traceparent", TRACE),
                        header("kafka_correlationId", new byte[bytes - TRACE.length()]));

        assertThat(outcome.kind()).isEqualTo(kind);
    }

    @Test
    void saysHowManyAttemptsItTookAndNamesTheLast() {
        Outcome outcome = asker.ask(request("http-503-once--attempts"));

        List<Received> calls = service.simulator().apiLog().forOrder("http-503-once--attempts");
        assertThat(calls).hasSize(2);
        assertThat(outcome.headerText("order-lookup-attempts")).isEqualTo("2");
        assertThat(outcome.headerText("MS-RequestId"))
                .isEqualTo(calls.get(1).header("MS-RequestId").orElseThrow())
                .isNotEqualTo(calls.get(0).header("MS-RequestId").orElseThrow());
        assertThat(calls)
                .allSatisfy(
                        call ->
                                assertThat(call.header("MS-CorrelationId"))
                                        .contains(outcome.headerText("MS-CorrelationId")));
    }

    @Test
    void ignoresEveryHeaderThatIsNotItsOwn() {
        String orderId = "order--steered";

        Outcome outcome = asker.ask(request(orderId), foreign());

        assertThat(outcome.topic()).isEqualTo(service.topics().results());
        assertThat(outcome.key()).isEqualTo(bytes("a-key"));
        assertThat(outcome.headerNames())
                .containsExactlyInAnyOrderElementsOf(always("ce_subject", "MS-RequestId"));
        Received call = onlyCall(orderId);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.uri())
                .isEqualTo(
                        "/v1/customers/"
                                + CUSTOMER
                                + "/orders/%s?include_price=true".formatted(orderId));
        assertThat(call.body()).isEmpty();
        Set<String> names = new TreeSet<>();
        call.headers().forEach(header -> names.add(header.name().toLowerCase(Locale.ROOT)));
        names.removeAll(Set.of("host", "connection", "accept-encoding"));
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "accept",
                        "authorization",
                        "ms-requestid",
                        "ms-correlationid",
                        "ms-contract-version",
                        "x-locale");
        assertThat(call.headers().toString()).doesNotContain("theirs");
    }

    @Test
    void answersARequestWhoseHeadersPretendAnotherRecord() {
        RecordMetadata asked = asker.send("no JSON", foreign());

        Outcome outcome = asker.outcome(asked);

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.json().path("request").path("topic").asText()).isEqualTo(asked.topic());
        assertThat(outcome.headerNames()).containsExactlyInAnyOrderElementsOf(always());
    }

    /** Headers that steer Camel, its Kafka producer or HTTP, or are none of our business. */
    private static Header[] foreign() {
        return Stream.of(
                        "Authorization",
                        "Cookie",
                        "Set-Cookie",
                        "Host",
                        "Transfer-Encoding",
                        "X-Forwarded-For",
                        "X-API-Key",
                        "MS-RequestId",
                        "MS-Contract-Version",
                        "X-Locale",
                        "Accept",
                        "breadcrumbId",
                        "CamelHttpUri",
                        "camelhttpuri",
                        "CAMELHTTPPATH",
                        "CamelHttpPath",
                        "CamelHttpQuery",
                        "CamelHttpRawQuery",
                        "CamelHttpMethod",
                        "CamelRestHttpUri",
                        "CamelHttpResponseCode",
                        "CamelExceptionCaught",
                        "order-lookup",
                        "order-lookup-attempts",
                        "order-lookup-record",
                        "kafka.TOPIC",
                        "Kafka.Topic",
                        "KAFKA.PARTITION",
                        "Kafka.Offset",
                        "kafka.OFFSET",
                        "kafka.KEY",
                        "Kafka.Key",
                        "KAFKA.HEADERS",
                        "kafka.HEADERS",
                        "kafka.OVERRIDE_TOPIC",
                        "KAFKA.override_topic",
                        "kafka.PARTITION_KEY",
                        "Kafka.Partition_Key",
                        "kafka.OVERRIDE_TIMESTAMP",
                        "Kafka.Manual_Commit",
                        "CamelKafkaTopic",
                        "CamelKafkaOverrideTopic",
                        "kafka_topic",
                        "kafka_replyTopics",
                        "kafka_replyPartition",
                        "")
                .map(name -> header(name, "theirs"))
                .toArray(Header[]::new);
    }

    private Received onlyCall(String orderId) {
        List<Received> calls = service.simulator().apiLog().forOrder(orderId);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static List<String> always(String... more) {
        return Stream.concat(ALWAYS.stream(), Stream.of(more)).toList();
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Those that the simulator serves: all but the copies without an id. */
    private static List<byte[]> orders() {
        return OrderFiles.all().stream()
                .map(OrderFiles::bytes)
                .filter(document -> !Outcome.json(document).path("id").asText().isEmpty())
                .toList();
    }
}
