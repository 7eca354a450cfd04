package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.request.RequestReader;
import java.time.Instant;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeRecordTest {

    private static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";
    private static final String REQUEST =
            "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"order-1\"}";
    private static final String CORRELATION_ID = "6f7d8c1e-51a6-4ab8-9d2b-9f2c3f2f6c11";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Named RESULTS = new Named("results", null);

    private final Lookup lookup = new Lookup(Source.KAFKA, CORRELATION_ID, Instant.EPOCH);

    @Test
    void isACloudEventAboutTheOrder() {
        OutcomeRecord record = found(request(Records.headers(), null));

        assertThat(record.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "requests-0-7")
                .containsEntry("ce_source", "/order-lookup")
                .containsEntry("ce_type", "order-lookup.found.v1")
                .containsEntry("ce_time", "2026-01-02T03:04:05Z")
                .containsEntry("ce_subject", "customers/" + CUSTOMER + "/orders/order-1")
                .containsEntry("MS-CorrelationId", CORRELATION_ID)
                .containsEntry("order-lookup-attempts", "0")
                .doesNotContainKeys("MS-RequestId", "traceparent", "ce_causationid");
    }

    @Test
    void hasTheKeyOfTheRequest() {
        assertThat(found(request(Records.headers(), bytes("key"))).key()).isEqualTo(bytes("key"));
    }

    @Test
    void hasTheOrderIdAsKeyWhereTheRequestHasNone() {
        assertThat(found(request(Records.headers(), null)).key()).isEqualTo(bytes("order-1"));
    }

    @Test
    void hasNoKeyForAProblemOfARequestWithoutAKey() {
        OutcomeRecord record = failed(request(Records.headers(), null));

        assertThat(record.key()).isNull();
        assertThat(record.headers())
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("ce_type", "order-lookup.failed.v1")
                .doesNotContainKey("ce_subject");
    }

    @Test
    void echoesWhatTheCallerTellsItsRequestsApartBy() {
        Headers headers =
                Records.headers()
                        .add("kafka_correlationId", new byte[] {0, -1})
                        .add("ce_specversion", bytes("1.0"))
                        .add("ce_id", bytes("cause"))
                        .add("traceparent", bytes(TRACE));

        assertThat(found(request(headers, null)).headers())
                .containsEntry("kafka_correlationId", new byte[] {0, -1})
                .containsEntry("ce_causationid", bytes("cause"))
                .containsEntry("traceparent", TRACE);
    }

    @Test
    void echoesNoIdThatIsNotOfACloudEvent() {
        Headers headers = Records.headers().add("ce_id", bytes("cause"));

        assertThat(found(request(headers, null)).headers()).doesNotContainKey("ce_causationid");
    }

    @Test
    void echoesNoTraceThatIsNone() {
        Headers headers =
                Records.headers().add("traceparent", bytes(TRACE.replace("0af76519", "xxxxxxxx")));

        assertThat(found(request(headers, null)).headers()).doesNotContainKey("traceparent");
    }

    @Test
    void echoesNothingThatIsTooLong() {
        Headers headers = Records.headers().add("kafka_correlationId", new byte[1_025]);

        assertThat(failed(request(headers, null)).headers())
                .doesNotContainKey("kafka_correlationId");
    }

    @Test
    void hasTheTraceOfItsSendingInPlaceOfTheCallers() {
        Headers headers = Records.headers().add("traceparent", bytes(TRACE));
        RequestRecord request = request(headers, null);
        lookup.ask(RequestReader.read(bytes(REQUEST)), null);

        OutcomeRecord record =
                OutcomeRecord.found(request, lookup, bytes("{}"), RESULTS, NOW, "00-ours");

        assertThat(record.headers()).containsEntry("traceparent", "00-ours");
    }

    @Test
    void becomesTheMessageForItsTopicAndPartition() {
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader("of-the-request", "gone");
        lookup.ask(RequestReader.read(bytes(REQUEST)), null);

        OutcomeRecord.found(
                        request(Records.headers(), null),
                        lookup,
                        bytes("{}"),
                        new Named("replies", 3),
                        NOW,
                        null)
                .writeTo(message);

        assertThat(message.getHeaders())
                .containsEntry(KafkaHeaderNames.OVERRIDE_TOPIC, "replies")
                .containsEntry(KafkaHeaderNames.PARTITION_KEY, 3)
                .containsEntry(KafkaHeaderNames.KEY, bytes("order-1"))
                .doesNotContainKey("of-the-request");
        assertThat(message.getBody()).isEqualTo(bytes("{}"));
        assertThat(OutcomeRecord.isFound(message)).isTrue();
    }

    private OutcomeRecord found(RequestRecord request) {
        lookup.ask(RequestReader.read(bytes(REQUEST)), null);
        return OutcomeRecord.found(request, lookup, bytes("{}"), RESULTS, NOW, null);
    }

    private OutcomeRecord failed(RequestRecord request) {
        Problem problem = Problem.of(ProblemType.INVALID_REQUEST, "No JSON.");
        return OutcomeRecord.failed(request, lookup, problem, new Named("errors", null), NOW, null);
    }

    private static RequestRecord request(Headers headers, byte @Nullable [] key) {
        return new RequestRecord(
                new TopicPartition("requests", 0), 7, key, bytes(REQUEST), headers);
    }
}
