package io.github.orderlookup.kafka;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.lookup.Tracing.Span;
import org.apache.camel.Exchange;

/**
 * The spans of a request record: one for its processing, and beneath it one for the sending of each
 * outcome. Attributes as in OpenTelemetry's semantic conventions for Kafka. Thread-safe.
 */
public final class RecordTracing {

    /** Exchange property: the span of the sending. */
    private static final String SENDING = "order-lookup-sending";

    private final Tracing tracing;
    private final String groupId;

    RecordTracing(Tracing tracing, String groupId) {
        this.tracing = tracing;
        this.groupId = groupId;
    }

    /** Begins the span of a record. */
    Span begin(RequestRecord record) {
        String topic = record.partition().topic();
        Span span =
                tracing.begin(
                        Kind.CONSUMER, "process " + topic, name -> record.text(name).orElse(null));
        return describe(span, "process", topic)
                .set(
                        "messaging.destination.partition.id",
                        Integer.toString(record.partition().partition()))
                .set("messaging.kafka.offset", record.offset())
                .set("messaging.consumer.group.name", groupId);
    }

    private static Span describe(Span span, String operation, String topic) {
        return span.set("messaging.system", "kafka")
                .set("messaging.operation.name", operation)
                .set("messaging.operation.type", operation)
                .set("messaging.destination.name", topic);
    }

    /** Begins the span of a sending; the sending of another outcome before it has failed. */
    public static Span beginSending(Exchange exchange, Lookup lookup, String topic) {
        sending(exchange).fail("not-taken").end();
        Span sending = describe(lookup.span().child(Kind.PRODUCER, "send " + topic), "send", topic);
        exchange.setProperty(SENDING, sending);
        return sending;
    }

    /** The broker has acknowledged the outcome. */
    public static void endSending(Exchange exchange) {
        sending(exchange).end();
    }

    private static Span sending(Exchange exchange) {
        return exchange.getProperty(SENDING, Span.NONE, Span.class);
    }

    /** Ends the span of a record. */
    static void end(Exchange exchange) {
        Span span = exchange.getProperty(RecordDispatcher.SPAN, Span.NONE, Span.class);
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup != null) {
            lookup.conclusion()
                    .filter(problem -> problem.status() >= 500)
                    .ifPresent(problem -> span.fail(problem.shortName()));
        }
        span.end();
    }
}
