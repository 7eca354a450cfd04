package io.github.orderlookup.tracing;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Tracing;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Spans in the OpenTelemetry of the host: the one in its registry, or the global one that a Java
 * agent or the SDK's own autoconfiguration has set. Thread-safe.
 *
 * <p>Parents are handed on explicitly: a lookup changes threads while it waits, so that the context
 * of a thread says nothing. Only a caller in the same process is looked up there.
 */
public final class OpenTelemetryTracing implements Tracing {

    private static final String AUTOCONFIGURE = "otel.java.global-autoconfigure.enabled";
    private static final TextMapGetter<UnaryOperator<@Nullable String>> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(UnaryOperator<@Nullable String> headers) {
                    return List.of(HeaderNames.TRACE_PARENT, "tracestate");
                }

                @Override
                public @Nullable String get(
                        @Nullable UnaryOperator<@Nullable String> headers, String name) {
                    return headers == null ? null : headers.apply(name);
                }
            };

    private final Tracer tracer;

    private OpenTelemetryTracing(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("io.github.orderlookup");
    }

    /** Tracing as the context or the process has it; empty when none is configured. */
    public static Optional<Tracing> of(CamelContext context) {
        OpenTelemetry found = context.getRegistry().findSingleByType(OpenTelemetry.class);
        if (found == null && (GlobalOpenTelemetry.isSet() || isToConfigureItself())) {
            found = GlobalOpenTelemetry.get();
        }
        return Optional.ofNullable(found).map(OpenTelemetryTracing::new);
    }

    /** The SDK's own switch. Without it, asking for the global one would keep others from it. */
    private static boolean isToConfigureItself() {
        String variable = System.getenv("OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED");
        return Boolean.parseBoolean(System.getProperty(AUTOCONFIGURE, variable));
    }

    @Override
    public Span begin(Kind kind, String name, UnaryOperator<@Nullable String> headers) {
        Context parent = kind == Kind.INTERNAL ? Context.current() : Context.root();
        if (!io.opentelemetry.api.trace.Span.fromContext(parent).getSpanContext().isValid()) {
            parent = W3CTraceContextPropagator.getInstance().extract(parent, headers, HEADERS);
        }
        return start(kind, name, parent);
    }

    private Span start(Kind kind, String name, Context parent) {
        io.opentelemetry.api.trace.Span started =
                tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.valueOf(kind.name()))
                        .setParent(parent)
                        .startSpan();
        return new Started(started, parent.with(started));
    }

    private final class Started implements Span {

        private final io.opentelemetry.api.trace.Span span;
        private final Context context;

        Started(io.opentelemetry.api.trace.Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        @Override
        public Span child(Kind kind, String name) {
            return start(kind, name, context);
        }

        @Override
        public Span set(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public Span set(String attribute, long value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public Span fail(String errorType) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", errorType);
            return this;
        }

        @Override
        public @Nullable String traceParent() {
            SpanContext ids = span.getSpanContext();
            return ids.isValid()
                    ? "00-"
                            + ids.getTraceId()
                            + "-"
                            + ids.getSpanId()
                            + "-"
                            + ids.getTraceFlags().asHex()
                    : null;
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
