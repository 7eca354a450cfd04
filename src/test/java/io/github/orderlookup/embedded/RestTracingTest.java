package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.FreePort;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A REST request goes on in the trace of its caller, and Partner Center receives nothing of it. */
class RestTracingTest {
    private static final String KEY = "key-of-the-host";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACE_PARENT = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String ORDER = "/v1/customers/" + CUSTOMER + "/orders/order--1";

    private final Traces traces = new Traces();
    private final int port = FreePort.find();
    private final EmbeddedHost host =
            EmbeddedHost.builder()
                    .bean("telemetry", traces.telemetry())
                    .setting("camel.server.enabled", "true")
                    .setting("camel.server.host", "127.0.0.1")
                    .setting("camel.server.port", Integer.toString(port))
                    .setting("order-lookup.rest.enabled", "true")
                    .setting("order-lookup.rest.api-keys", KEY)
                    .start();

    @AfterEach
    void stop() {
        host.close();
        traces.close();
    }

    @Test
    void goesOnInTheTraceThatTheHeaderNames() throws Exception {
        HttpResponse<String> answer = get(ORDER, "traceparent", TRACE_PARENT);

        SpanData request = awaitRequest();
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getTraceId()).isEqualTo(TRACE);
        assertThat(request.getParentSpanId()).isEqualTo(PARENT);
        assertThat(traces.one("GET").getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(answer.headers().map()).doesNotContainKey("traceparent");
        assertThat(host.simulator().apiLog().all())
                .singleElement()
                .satisfies(call -> assertThat(call.header("traceparent")).isEmpty());
    }

    @Test
    void takesNoTraceFromTheAddress() throws Exception {
        get(ORDER + "?traceparent=" + TRACE_PARENT);

        assertThat(awaitRequest().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    /** The span ends after the answer has gone out. */
    private SpanData awaitRequest() {
        String name = "GET /v1/customers/{customer-tenant-id}/orders/{id-for-order}";
        Awaitility.await().until(() -> !traces.named(name).isEmpty());
        return traces.one(name);
    }

    private HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("X-API-Key", KEY);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
