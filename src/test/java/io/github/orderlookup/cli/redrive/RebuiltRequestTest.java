package io.github.orderlookup.cli.redrive;

import static io.github.orderlookup.cli.redrive.Problems.CUSTOMER;
import static io.github.orderlookup.cli.redrive.Problems.REQUEST;
import static io.github.orderlookup.cli.redrive.Problems.bytes;
import static io.github.orderlookup.cli.redrive.Problems.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request record, the record of its problem, and the request that is made of that. */
class RebuiltRequestTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String GUID = "6f7d8c1e-51a6-4ab8-9d2b-9f2c3f2f6c11";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a request may hold, right or wrong. */
    private static final List<String> VALUES =
            List.of(
                    REQUEST,
                    "{\"orderId\": \"a_B-9\", \"customerId\": \"" + CUSTOMER + "\", \"x\": [1]}",
                    "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"\"}",
                    "{\"orderId\": \"order-1\"}",
                    "[]",
                    "no JSON \u00e9",
                    "",
                    "x".repeat(1_024),
                    "x".repeat(1_025),
                    "{\"a\": 1, \"a\": 2}");

    @Provide
    Arbitrary<RequestRecord> requests() {
        return Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(20).injectNull(0.2),
                        Arbitraries.of(VALUES).map(Problems::bytes).injectNull(0.1),
                        headers())
                .as(Problems::request);
    }

    private static Arbitrary<Headers> headers() {
        Arbitrary<byte[]> value =
                Arbitraries.oneOf(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(1_025),
                        Arbitraries.of(TRACE, GUID, "replies", "a=1", "2", "").map(Problems::bytes),
                        Arbitraries.just(new byte[] {0, 0, 0, 3}));
        return Arbitraries.maps(
                        Arbitraries.of(
                                "kafka_correlationId",
                                "ce_id",
                                "ce_specversion",
                                "kafka_replyTopic",
                                "kafka_replyPartition",
                                "tracestate",
                                "traceparent",
                                "MS-CorrelationId",
                                "order-lookup-redriven"),
                        value)
                .map(RebuiltRequestTest::headers);
    }

    private static Headers headers(Map<String, byte[]> values) {
        Headers headers = new RecordHeaders();
        values.forEach(headers::add);
        return headers;
    }

    /** Holds for every request whose problem does not say that it is incomplete. */
    @Property(tries = 2_000)
    void isTheRequestButForItsDeadline(@ForAll("requests") RequestRecord request)
            throws IOException {
        FailedRequest failed = failed(request);
        if (failed.isIncomplete()) {
            return;
        }

        RequestRecord rebuilt = consumed(RebuiltRequest.of(failed, "requests"));

        assertThat(rebuilt.key()).isEqualTo(request.key());
        assertThat(meaning(rebuilt.value())).isEqualTo(meaning(request.value()));
        same("kafka_correlationId", rebuilt, request);
        same("kafka_replyTopic", rebuilt, request);
        if (request.header("kafka_replyTopic").isPresent()) {
            same("kafka_replyPartition", rebuilt, request);
        }
        if (request.header("ce_specversion").isPresent() && request.header("ce_id").isPresent()) {
            same("ce_id", rebuilt, request);
        }
        request.text("MS-CorrelationId")
                .filter(GUID::equals)
                .ifPresent(id -> assertThat(rebuilt.text("MS-CorrelationId")).hasValue(id));
        request.text("traceparent")
                .filter(TRACE::equals)
                .ifPresent(trace -> assertThat(rebuilt.text("traceparent")).hasValue(trace));
        assertThat(rebuilt.isEchoTooLong()).isFalse();
        assertThat(failed(rebuilt).isIncomplete()).as("can be sent once more").isFalse();
        assertThat(failed(rebuilt).redriven()).isEqualTo(failed.redriven() + 1);
    }

    private static void same(String name, RequestRecord rebuilt, RequestRecord request) {
        assertThat(rebuilt.header(name).orElse(null))
                .as(name)
                .isEqualTo(request.header(name).orElse(null));
    }

    /** The two ids of a request; any other value as it is. */
    private static Object meaning(byte @Nullable [] value) throws IOException {
        if (value == null) {
            return "none";
        }
        JsonNode ids = value.length == 0 ? JSON.missingNode() : readable(value);
        return ids.has("orderId") && ids.has("customerId")
                ? List.of(ids.path("customerId"), ids.path("orderId"))
                : ByteBuffer.wrap(value);
    }

    private static JsonNode readable(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{'deadline': 'soon', 'orderId': 'a'} | {'orderId':'a'}",
                "{'orderId':  'a'} | {'orderId':  'a'}",
                "{'deadline': 1, 'deadline': 2} | {'deadline': 1, 'deadline': 2}",
                "{'deadline': 1} x | {'deadline': 1} x"
            },
            delimiter = '|')
    void leavesTheDeadlineOutOfWhatCouldNotBeReadEither(String value, String rebuilt) {
        assertThat(
                        RebuiltRequest.of(
                                        failed(request(null, json(value), new RecordHeaders())),
                                        "t")
                                .value())
                .asString()
                .isEqualTo(rebuilt.replace('\'', '"'));
    }

    @Test
    void leavesOutTheDeadline() {
        byte[] value =
                json("{'customerId': '%s', 'orderId': 'a', 'deadline': '2030-01-31T12:00:00Z'}");

        assertThat(
                        RebuiltRequest.of(failed(request(null, value, new RecordHeaders())), "t")
                                .value())
                .isEqualTo(json("{'customerId':'%s','orderId':'a'}"));
    }

    @Test
    void waitsForTheSameAgain() {
        byte[] value = json("{'customerId':'%s','orderId':'a','until':'settled'}");

        assertThat(
                        RebuiltRequest.of(failed(request(null, value, new RecordHeaders())), "t")
                                .value())
                .isEqualTo(value);
    }

    @Test
    void isTiedToTheFirstRequestWhereThatHadNoIdsOfItsOwn() {
        FailedRequest first = failed(request(null, bytes(REQUEST), new RecordHeaders()));
        RequestRecord again = consumed(RebuiltRequest.of(first, "requests"));
        RequestRecord third = consumed(RebuiltRequest.of(failed(again), "requests"));

        assertThat(again.text("ce_id")).hasValue("requests-2-7");
        assertThat(again.text("MS-CorrelationId"))
                .isEqualTo(Optional.ofNullable(first.correlationId()));
        assertThat(again.text("order-lookup-redriven")).hasValue("1");
        assertThat(third.text("ce_id")).hasValue("requests-2-7");
        assertThat(third.text("order-lookup-redriven")).hasValue("2");
    }

    @Test
    void staysWithinWhatMayBeEchoed() {
        Headers headers = new RecordHeaders().add("kafka_correlationId", new byte[1_000]);

        RequestRecord again =
                consumed(
                        RebuiltRequest.of(
                                failed(request(null, bytes(REQUEST), headers)), "requests"));

        assertThat(again.header("kafka_correlationId")).isPresent();
        assertThat(again.header("ce_id")).isEmpty();
        assertThat(again.isEchoTooLong()).isFalse();
    }

    @Test
    void hasNoKeyWhereACompactedErrorsTopicHasMadeOne() {
        FailedRequest failed =
                failed(request(bytes("requests-2-7"), bytes(REQUEST), new RecordHeaders()));

        assertThat(RebuiltRequest.of(failed, "t").key()).isNull();
    }

    private static FailedRequest failed(RequestRecord request) {
        return FailedRequest.read(
                        Problems.record(
                                request, Problem.of(ProblemType.INVALID_REQUEST, "Failed.")))
                .orElseThrow();
    }

    /** A record as the service gets it. */
    private static RequestRecord consumed(ProducerRecord<byte[], byte[]> record) {
        return request(record.key(), record.value(), record.headers());
    }

    private static byte[] json(String text) {
        return bytes(text.replace('\'', '"').replace("%s", CUSTOMER));
    }
}
