package io.github.orderlookup.kafka.waiting;

import io.github.orderlookup.kafka.RecordDispatcher;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settle.Looks;
import io.github.orderlookup.settle.Waiting;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The step that opens the next look of a record of the waiting topic. From here on the exchange
 * answers the record of the request topic that it stands for. Thread-safe.
 */
public final class OpenWaitingRecord {

    private final Looks looks;
    private final Clock clock;

    /**
     * @param clock monotonic
     */
    public OpenWaitingRecord(Looks looks, Clock clock) {
        this.looks = looks;
        this.clock = clock;
    }

    /** A record that order-lookup has not written is refused under its own coordinates. */
    public void open(Exchange exchange) {
        WaitingRecord.read(RequestRecord.of(exchange).value())
                .ifPresentOrElse(record -> open(exchange, record), () -> refuse(exchange));
    }

    private void open(Exchange exchange, WaitingRecord record) {
        exchange.setProperty(RequestRecord.PROPERTY, record.request());
        exchange.setProperty(Waiting.PROPERTY, record.waiting());
        exchange.getMessage().setBody(record.waiting().request());
        attach(exchange, record.correlationId(), looks.monotonic(record.waiting().due()));
    }

    private void refuse(Exchange exchange) {
        attach(exchange, null, clock.instant())
                .refuse(
                        Problem.of(
                                ProblemType.INVALID_REQUEST,
                                "order-lookup has not written this record of the waiting topic."));
    }

    private static Lookup attach(Exchange exchange, @Nullable String correlationId, Instant due) {
        Lookup lookup = new Lookup(Source.WAITING, correlationId, due);
        lookup.trace(exchange.getProperty(RecordDispatcher.SPAN, Span.NONE, Span.class));
        LookupExchange.attach(exchange, lookup);
        return lookup;
    }
}
