package io.github.orderlookup.embedded;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.broker.TopicClient.headerText;
import static io.github.orderlookup.embedded.Traces.number;
import static io.github.orderlookup.embedded.Traces.text;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** One trace leads from the request record through the call to the outcome record. */
class TracingIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final Header PARENT_HEADER =
            header("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
    private static final byte[] REQUEST =
            bytes("{\"customerId\": \"" + CUSTOMER + "\"," + " \"orderId\": \"order--1\"}");

    /** Topics of one test, and its group. */
    private record Names(String group, String requests, String results, String errors) {

        Names(Broker broker) {
            this("tracing-" + UUID.randomUUID());
            List.of(requests, results, errors).forEach(topic -> broker.createTopic(topic, 1));
        }

        private Names(String group) {
            this(group, group + ".requests", group + ".results", group + ".errors");
        }
    }

    @Test
    void tracesARequestRecordToItsOutcomeRecord() {
        Broker broker = Broker.shared();
        Names names = new Names(broker);
        try (Traces traces = new Traces();
                EmbeddedHost host = builder(names, traces, broker).start();
                TopicClient client = new TopicClient(broker.bootstrapServers())) {
            client.send(names.requests(), bytes("key"), REQUEST, PARENT_HEADER);

            ConsumerRecord<byte[], byte[]> outcome = client.awaitOne(names.results());
            await().until(() -> traces.spans().size() == 3);

            SpanData process = traces.one("process " + names.requests());
            SpanData call = traces.one("GET");
            SpanData send = traces.one("send " + names.results());
            assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(process.getTraceId()).isEqualTo(TRACE);
            assertThat(process.getParentSpanId()).isEqualTo(PARENT);
            assertThat(text(process, "messaging.system")).isEqualTo("kafka");
            assertThat(text(process, "messaging.consumer.group.name")).isEqualTo(names.group());
            assertThat(number(process, "messaging.kafka.offset")).isZero();
            assertThat(call.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(text(send, "messaging.destination.name")).isEqualTo(names.results());
            assertThat(headerText(outcome, "traceparent"))
                    .contains("00-" + TRACE + "-" + send.getSpanId() + "-01");
            assertThat(host.simulator().apiLog().all())
                    .allSatisfy(request -> assertThat(request.header("traceparent")).isEmpty());
        }
    }

    @Test
    void joinsTheTraceOfCamelsOwnTracer() {
        Broker broker = Broker.shared();
        Names names = new Names(broker);
        try (Traces traces = new Traces();
                EmbeddedHost host =
                        builder(names, traces, broker)
                                .bean("tracer", traces.telemetry().getTracer("camel"))
                                .bean(
                                        "propagators",
                                        ContextPropagators.create(
                                                W3CTraceContextPropagator.getInstance()))
                                .setting("camel.opentelemetry2.enabled", "true")
                                .start();
                TopicClient client = new TopicClient(broker.bootstrapServers())) {
            client.send(names.requests(), bytes("key"), REQUEST, PARENT_HEADER);

            ConsumerRecord<byte[], byte[]> outcome = client.awaitOne(names.results());
            await().until(() -> traces.named("process " + names.requests()).size() == 1);

            assertThat(headerText(outcome, "traceparent")).get().asString().contains(TRACE);
            // Camel cannot read the headers of a polled record, which are bytes: its spans of the
            // poll and of the dispatch are a trace of their own.
            assertThat(traces.spans())
                    .as("our spans, and those of the routes")
                    .filteredOn(span -> !isOfThePoll(span, names))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(TRACE));
            assertThat(host.simulator().apiLog().all())
                    .allSatisfy(request -> assertThat(request.header("traceparent")).isEmpty());
        }
    }

    private static boolean isOfThePoll(SpanData span, Names names) {
        return List.of(names.requests(), "order-lookup-dispatch").contains(span.getName());
    }

    private static EmbeddedHost.Builder builder(Names names, Traces traces, Broker broker) {
        return EmbeddedHost.builder()
                .bean("telemetry", traces.telemetry())
                .setting("camel.component.kafka.brokers", broker.bootstrapServers())
                .setting("order-lookup.kafka.enabled", "true")
                .setting("order-lookup.request-topic", names.requests())
                .setting("order-lookup.results-topic", names.results())
                .setting("order-lookup.errors-topic", names.errors())
                .setting("order-lookup.group-id", names.group());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
