package io.github.orderlookup.kafka;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.kafka.Records.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.RecordOrigin;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOriginTest {

    private static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";
    private static final Optional<OrderLookupRequest> ASKED =
            Optional.of(new OrderLookupRequest(CUSTOMER, "order-1"));
    private static final byte[] PARTITION_3 = {0, 0, 0, 3};

    @Test
    void hasWhatTheHeadersOfAnOutcomeDoNotHave() {
        Headers headers =
                headers()
                        .add("kafka_replyTopic", bytes("replies"))
                        .add("kafka_replyPartition", PARTITION_3)
                        .add("tracestate", bytes("vendor=1"))
                        .add("order-lookup-redriven", bytes("2"));

        RecordOrigin origin = RequestOrigin.of(Records.with(headers), ASKED);

        assertThat(origin.value()).isNull();
        assertThat(origin.until()).isNull();
        assertThat(origin.replyTopic()).isEqualTo("replies");
        assertThat(origin.replyPartition()).isEqualTo(3);
        assertThat(origin.tracestate()).isEqualTo("vendor=1");
        assertThat(origin.redriven()).isEqualTo(2);
        assertThat(origin.incomplete()).isNull();
    }

    @Test
    void saysThatTheRequestWaitsForASettledOrder() {
        OrderLookupRequest waits =
                new OrderLookupRequest(CUSTOMER, "order-1", null, OrderLookupRequest.Until.SETTLED);

        assertThat(RequestOrigin.of(Records.with(headers()), Optional.of(waits)).until())
                .isEqualTo("settled");
    }

    @Test
    void isTheCoordinatesOfAPlainRequest() {
        assertThat(RequestOrigin.of(Records.with(headers()), ASKED))
                .isEqualTo(new RecordOrigin("order-lookup.requests", 3, 42));
    }

    @Test
    void showsTheValueOfAnUnreadableRequest() {
        assertThat(RequestOrigin.of(Records.with(headers()), Optional.empty()).value())
                .isEqualTo(bytes("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "1234567890", "one"})
    void hasNoCountThatIsNone(String count) {
        Headers headers = headers().add("order-lookup-redriven", bytes(count));

        assertThat(RequestOrigin.of(Records.with(headers), ASKED).redriven()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=\u00e9", "a=\n"})
    void hasNoTraceStateThatIsNone(String state) {
        Headers headers = headers().add("tracestate", bytes(state));

        RecordOrigin origin = RequestOrigin.of(Records.with(headers), ASKED);

        assertThat(origin.tracestate()).isNull();
        assertThat(origin.incomplete()).as("the trace is not the request").isNull();
    }

    static Stream<Arguments> wholes() {
        return Stream.of(
                Arguments.of("a value of 1,024 bytes", unreadable(1_024), null),
                Arguments.of("a value of 1,025 bytes", unreadable(1_025), true),
                Arguments.of("no value", record(null, headers(), null), null),
                Arguments.of("a key that is too large", record(null, headers(), "No."), true),
                Arguments.of(
                        "an echo that is too long",
                        Records.with(headers().add("kafka_correlationId", new byte[1_025])),
                        true),
                Arguments.of("a topic", replyTo("replies"), null),
                Arguments.of("a topic that cannot be", replyTo("a b"), true),
                Arguments.of("a topic without a name", replyTo(null), true),
                Arguments.of(
                        "two topics",
                        Records.with(
                                headers()
                                        .add("kafka_replyTopic", bytes("a"))
                                        .add("kafka_replyTopic", bytes("b"))),
                        true),
                Arguments.of("three bytes as partition", replyTo("a", new byte[3]), true),
                Arguments.of("a negative partition", replyTo("a", new byte[] {-1, 0, 0, 0}), null),
                Arguments.of(
                        "a partition without a topic",
                        Records.with(headers().add("kafka_replyPartition", new byte[3])),
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholes")
    void saysWhetherTheRequestIsWhole(
            String what, RequestRecord record, @Nullable Boolean incomplete) {
        assertThat(RequestOrigin.of(record, Optional.empty()).incomplete()).isEqualTo(incomplete);
    }

    private static RequestRecord unreadable(int bytes) {
        return record(new byte[bytes], headers(), null);
    }

    private static RequestRecord replyTo(@Nullable String topic) {
        return Records.with(headers().add("kafka_replyTopic", topic == null ? null : bytes(topic)));
    }

    private static RequestRecord replyTo(String topic, byte[] partition) {
        return Records.with(
                headers()
                        .add("kafka_replyTopic", bytes(topic))
                        .add("kafka_replyPartition", partition));
    }

    private static RequestRecord record(
            byte @Nullable [] value, Headers headers, @Nullable String tooLarge) {
        return new RequestRecord(
                new TopicPartition("requests", 0), 0, null, value, headers, tooLarge, null);
    }
}
