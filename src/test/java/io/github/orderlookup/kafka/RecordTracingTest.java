package io.github.orderlookup.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.lookup.Tracing.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTracingTest {

    private final List<RecordedSpan> spans = new ArrayList<>();
    private final Tracing recorder =
            (kind, name, headers) -> new RecordedSpan(kind, name, headers.apply("traceparent"));
    private final RecordTracing tracing = new RecordTracing(recorder, "group");
    private final Exchange exchange = new DefaultExchange(new SimpleCamelContext());

    @Test
    void beginsTheSpanOfARecordInTheTraceOfItsHeaders() {
        tracing.begin(
                Records.with(Records.headers().add("traceparent", Records.bytes("00-ab-cd-01"))));

        RecordedSpan span = spans.get(0);
        assertThat(span.kind).isEqualTo(Kind.CONSUMER);
        assertThat(span.name).isEqualTo("process order-lookup.requests");
        assertThat(span.parent).isEqualTo("00-ab-cd-01");
        assertThat(span.attributes)
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.name", "process")
                .containsEntry("messaging.destination.partition.id", "3")
                .containsEntry("messaging.kafka.offset", 42L)
                .containsEntry("messaging.consumer.group.name", "group");
    }

    @Test
    void endsTheSpanOfASendingWhenItIsAcknowledged() {
        RecordTracing.beginSending(exchange, lookup(), "results");
        RecordTracing.endSending(exchange);

        RecordedSpan sending = spans.get(1);
        assertThat(sending.name).isEqualTo("send results");
        assertThat(sending.kind).isEqualTo(Kind.PRODUCER);
        assertThat(sending.ended).isTrue();
        assertThat(sending.error).isNull();
    }

    @Test
    void failsTheSpanOfASendingThatAnotherOneFollows() {
        Lookup lookup = lookup();
        RecordTracing.beginSending(exchange, lookup, "replies");

        RecordTracing.beginSending(exchange, lookup, "errors");

        assertThat(spans.get(1).error).isEqualTo("not-taken");
        assertThat(spans.get(1).ended).isTrue();
        assertThat(spans.get(2).ended).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ORDER_NOT_FOUND, ",
        "UPSTREAM_TIMEOUT, upstream-timeout",
        "INTERNAL_ERROR, internal-error"
    })
    void failsTheSpanOfARecordForAProblemOfTheServersAlone(
            ProblemType problem, @Nullable String error) {
        Lookup lookup = lookup();
        exchange.setProperty(Lookup.PROPERTY, lookup);
        exchange.setProperty(RecordDispatcher.SPAN, lookup.span());
        lookup.conclude(problem);

        RecordTracing.end(exchange);

        assertThat(spans.get(0).error).isEqualTo(error);
        assertThat(spans.get(0).ended).isTrue();
    }

    @Test
    void endsTheSpanOfARecordThatHasNoLookup() {
        exchange.setProperty(RecordDispatcher.SPAN, tracing.begin(Records.with(Records.headers())));

        RecordTracing.end(exchange);

        assertThat(spans.get(0).ended).isTrue();
    }

    private Lookup lookup() {
        Lookup lookup = new Lookup(Source.KAFKA, null, Instant.EPOCH);
        lookup.trace(tracing.begin(Records.with(Records.headers())));
        return lookup;
    }

    private final class RecordedSpan implements Span {

        private final Kind kind;
        private final String name;
        private final @Nullable String parent;
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private @Nullable String error;
        private boolean ended;

        RecordedSpan(Kind kind, String name, @Nullable String parent) {
            this.kind = kind;
            this.name = name;
            this.parent = parent;
            spans.add(this);
        }

        @Override
        public Span child(Kind childKind, String childName) {
            return new RecordedSpan(childKind, childName, name);
        }

        @Override
        public Span set(String attribute, String value) {
            attributes.put(attribute, value);
            return this;
        }

        @Override
        public Span set(String attribute, long value) {
            attributes.put(attribute, value);
            return this;
        }

        @Override
        public Span fail(String errorType) {
            error = errorType;
            return this;
        }

        @Override
        public @Nullable String traceParent() {
            return null;
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
