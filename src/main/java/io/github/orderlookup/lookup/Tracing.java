package io.github.orderlookup.lookup;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the spans of lookups go. Thread-safe. */
public interface Tracing {

    /** Traces nothing. */
    Tracing OFF = (kind, name, headers) -> Span.NONE;

    /** What a span is about, as seen from us. */
    enum Kind {
        CLIENT,
        CONSUMER,
        INTERNAL,
        PRODUCER,
        SERVER
    }

    /**
     * Begins the span of a lookup, within the trace that the caller names.
     *
     * @param headers the caller's header of a name ({@code traceparent}, {@code tracestate}); null
     *     for one that is not there
     */
    Span begin(Kind kind, String name, UnaryOperator<@Nullable String> headers);

    /**
     * One piece of work in a trace. For one thread at a time.
     *
     * <p>Attributes have the names of OpenTelemetry's semantic conventions; no name of a span holds
     * an id.
     */
    interface Span {

        /** A span of no trace. */
        Span NONE =
                new Span() {
                    @Override
                    public Span child(Kind kind, String name) {
                        return this;
                    }

                    @Override
                    public Span set(String attribute, String value) {
                        return this;
                    }

                    @Override
                    public Span set(String attribute, long value) {
                        return this;
                    }

                    @Override
                    public Span fail(String errorType) {
                        return this;
                    }

                    @Override
                    public @Nullable String traceParent() {
                        return null;
                    }

                    @Override
                    public void end() {}
                };

        /** Begins a span within this one. */
        Span child(Kind kind, String name);

        Span set(String attribute, String value);

        Span set(String attribute, long value);

        /** Marks the work as failed, with a word of low cardinality for how. */
        Span fail(String errorType);

        /** The header {@code traceparent} for the next service; null when not traced. */
        @Nullable String traceParent();

        /** The work is over. A second time changes nothing. */
        void end();
    }
}
