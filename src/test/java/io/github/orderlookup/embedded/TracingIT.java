package io.github.orderlookup.embedded;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.broker.TopicClient.headerText;
import static io.github.orderlookup.embedded.Traces.number;
import static io.github.orderlookup.embedded.Traces.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** One trace leads from the request record through the call to the outcome record. */
class TracingIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String NAME = "tracing-" + UUID.randomUUID();
    private static final String REQUESTS = NAME + ".requests";
    private static final String RESULTS = NAME + ".results";
    private static final String ERRORS = NAME + ".errors";

    @Test
    void tracesARequestRecordToItsOutcomeRecord() {
        Broker broker = Broker.shared();
        List.of(REQUESTS, RESULTS, ERRORS).forEach(topic -> broker.createTopic(topic, 1));
        try (Traces traces = new Traces();
                EmbeddedHost host = host(traces, broker);
                TopicClient client = new TopicClient(broker.bootstrapServers())) {
            client.send(
                    REQUESTS,
                    bytes("key"),
                    bytes(
                            "{\"customerId\": \"4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54\","
                                    + " \"orderId\": \"order--1\"}"),
                    header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));

            ConsumerRecord<byte[], byte[]> outcome = client.awaitOne(RESULTS);
            await().until(() -> traces.spans().size() == 3);

            SpanData process = traces.one("process " + REQUESTS);
            SpanData call = traces.one("GET");
            SpanData send = traces.one("send " + RESULTS);
            assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(process.getTraceId()).isEqualTo(TRACE);
            assertThat(process.getParentSpanId()).isEqualTo(PARENT);
            assertThat(text(process, "messaging.system")).isEqualTo("kafka");
            assertThat(text(process, "messaging.consumer.group.name")).isEqualTo(NAME);
            assertThat(number(process, "messaging.kafka.offset")).isZero();
            assertThat(call.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(text(send, "messaging.destination.name")).isEqualTo(RESULTS);
            assertThat(headerText(outcome, "traceparent"))
                    .contains("00-" + TRACE + "-" + send.getSpanId() + "-01");
            assertThat(host.simulator().apiLog().all())
                    .allSatisfy(request -> assertThat(request.header("traceparent")).isEmpty());
        }
    }

    private static EmbeddedHost host(Traces traces, Broker broker) {
        return EmbeddedHost.builder()
                .bean("telemetry", traces.telemetry())
                .setting("camel.component.kafka.brokers", broker.bootstrapServers())
                .setting("order-lookup.kafka.enabled", "true")
                .setting("order-lookup.request-topic", REQUESTS)
                .setting("order-lookup.results-topic", RESULTS)
                .setting("order-lookup.errors-topic", ERRORS)
                .setting("order-lookup.group-id", NAME)
                .start();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
