package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.InFlightWindow.Ticket;
import io.github.orderlookup.lookup.Tracing.Span;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each polled record into the {@link InFlightWindow} and hands it over to the route {@code
 * order-lookup-record}, so that the poll thread never waits for a lookup.
 *
 * <p>A record counts as done when the broker has acknowledged its outcome, and not before. A record
 * that ends without one (the process stops, or its outcome could not even be built) keeps its
 * offset uncommitted.
 */
public final class RecordIntake extends ServiceSupport implements Processor {

    /** The exchange property that the publishing route sets once the broker has acknowledged. */
    static final String ACKNOWLEDGED = "order-lookup-acknowledged";

    /** The exchange property that holds the span of the record. */
    static final String SPAN = "order-lookup-span";

    private static final Logger LOG = LoggerFactory.getLogger(RecordIntake.class);

    private final CamelContext context;
    private final InFlightWindow window;
    private final Function<RequestRecord, Span> tracing;
    private final Executor executor;
    private final String route;
    private final AtomicReference<@Nullable AsyncProducer> producer = new AtomicReference<>();

    /**
     * @param tracing begins the span of a record
     * @param route the endpoint that answers one record
     */
    RecordIntake(
            CamelContext context,
            InFlightWindow window,
            Function<RequestRecord, Span> tracing,
            Executor executor,
            String route) {
        this.context = context;
        this.window = window;
        this.tracing = tracing;
        this.executor = executor;
        this.route = route;
    }

    @Override
    public void process(Exchange polled) {
        RequestRecord record = RequestRecord.of(polled.getMessage());
        Ticket ticket = window.take(record.partition(), record.offset());
        executor.execute(() -> answer(record, ticket));
    }

    private void answer(RequestRecord record, Ticket ticket) {
        AsyncProducer answering = Objects.requireNonNull(producer.get(), "not started");
        Exchange exchange = answering.getEndpoint().createExchange();
        exchange.setProperty(RequestRecord.PROPERTY, record);
        exchange.getMessage().setBody(record.value());
        trace(exchange, record);
        answering.process(exchange, doneSync -> settle(exchange, record, ticket));
    }

    /** The header is for a tracer of the host's that follows routes: its spans join our trace. */
    private void trace(Exchange exchange, RequestRecord record) {
        Span span = tracing.apply(record);
        String traceParent = span.traceParent();
        if (traceParent != null) {
            exchange.setProperty(SPAN, span);
            exchange.getMessage().setHeader("traceparent", traceParent);
        }
    }

    private void settle(Exchange exchange, RequestRecord record, Ticket ticket) {
        OutcomeRecords.endTrace(exchange);
        if (exchange.getProperty(ACKNOWLEDGED, false, Boolean.class)) {
            window.done(ticket);
            return;
        }
        window.drop(ticket);
        if (!exchange.isRouteStop()) {
            LOG.error(
                    "{} has no outcome, and nothing after it in its partition will be committed;"
                            + " restart to try again",
                    record.eventId(),
                    exchange.getException());
        }
    }

    @Override
    protected void doStart() throws Exception {
        AsyncProducer started = context.getEndpoint(route).createAsyncProducer();
        started.start();
        producer.set(started);
    }

    @Override
    protected void doStop() {
        AsyncProducer started = producer.getAndSet(null);
        if (started != null) {
            started.stop();
        }
    }
}
