package io.github.orderlookup.embedded;

import static io.github.orderlookup.embedded.Traces.number;
import static io.github.orderlookup.embedded.Traces.text;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that has OpenTelemetry sees its lookups as spans of its own traces. */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final Traces traces = new Traces();
    private EmbeddedHost host;

    @BeforeEach
    void start() {
        host = EmbeddedHost.builder().bean("telemetry", traces.telemetry()).start();
        signIn();
    }

    /** An attempt that has no token yet makes no call, but has a span. */
    private void signIn() {
        host.outcome(new OrderLookupRequest(CUSTOMER, "order--0"));
        traces.forget();
        host.simulator().apiLog().clear();
    }

    @AfterEach
    void stop() {
        host.close();
        traces.close();
    }

    @Test
    void putsALookupAndItsCallIntoTheTraceOfTheCaller() {
        Span mine = traces.telemetry().getTracer("host").spanBuilder("mine").startSpan();
        try (Scope scope = mine.makeCurrent()) {
            host.outcome(new OrderLookupRequest(CUSTOMER, "order--1"));
        }

        SpanData lookup = traces.one("order-lookup");
        assertThat(lookup.getTraceId()).isEqualTo(mine.getSpanContext().getTraceId());
        assertThat(lookup.getParentSpanId()).isEqualTo(mine.getSpanContext().getSpanId());
        assertThat(lookup.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(text(lookup, "order_lookup.outcome")).isEqualTo("found");
        SpanData call = traces.one("GET");
        assertThat(call.getParentSpanId()).isEqualTo(lookup.getSpanId());
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(text(call, "http.request.method")).isEqualTo("GET");
        assertThat(text(call, "url.template"))
                .isEqualTo("/v1/customers/{customer-tenant-id}/orders/{id-for-order}");
        assertThat(text(call, "server.address")).isEqualTo(host.simulator().apiUrl().getHost());
        assertThat(number(call, "http.response.status_code")).isEqualTo(200);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void takesTheTraceFromTheHeaderOfACaller() {
        host.template()
                .requestBodyAndHeader(
                        EmbeddedHost.DIRECT,
                        new OrderLookupRequest(CUSTOMER, "order--1"),
                        "traceparent",
                        "00-" + TRACE + "-" + PARENT + "-01");

        assertThat(traces.one("order-lookup").getTraceId()).isEqualTo(TRACE);
        assertThat(traces.one("order-lookup").getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void hasASpanForEveryAttempt() {
        host.outcome(new OrderLookupRequest(CUSTOMER, "http-503-once"));

        List<SpanData> calls = traces.named("GET");
        assertThat(calls)
                .extracting(call -> number(call, "http.response.status_code"))
                .containsExactly(503L, 200L);
        assertThat(calls)
                .extracting(call -> number(call, "http.request.resend_count"))
                .containsExactly(0L, 1L);
        assertThat(text(calls.get(0), "error.type")).isEqualTo("503");
    }

    @Test
    void namesTheProblemOfALookup() {
        host.outcome(new OrderLookupRequest(CUSTOMER, "http-404--1"));

        assertThat(text(traces.one("order-lookup"), "order_lookup.outcome"))
                .isEqualTo("order-not-found");
        assertThat(text(traces.one("GET"), "error.type")).isEqualTo("404");
    }

    @Test
    void tellsNeitherThePartnerCenterNorTheSpansTooMuch() {
        host.outcome(new OrderLookupRequest(CUSTOMER, "order--1"));

        assertThat(host.simulator().apiLog().all())
                .singleElement()
                .satisfies(call -> assertThat(call.header("traceparent")).isEmpty());
        assertThat(traces.spans())
                .hasSize(2)
                .allSatisfy(
                        span ->
                                assertThat(span.toString())
                                        .doesNotContain(CUSTOMER)
                                        .doesNotContain("order--1"));
    }
}
