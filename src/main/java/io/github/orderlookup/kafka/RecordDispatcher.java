package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.TrackedRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
 * Takes each polled record into the {@link OffsetTracker} and hands it over to the route {@code
 * order-lookup-record}, so that the poll thread never waits for a lookup.
 *
 * <p>A record counts as done when the broker has acknowledged its outcome, and not before. One that
 * ends without an outcome is handed over again, after a pause that grows from one to thirty
 * seconds, unless the process stops or another instance has its partition: then its offset stays
 * uncommitted.
 */
public final class RecordDispatcher extends ServiceSupport implements Processor {

    /** The exchange property that the publishing route sets once the broker has acknowledged. */
    public static final String ACKNOWLEDGED = "order-lookup-acknowledged";

    /** The exchange property that holds the span of the record. */
    public static final String SPAN = "order-lookup-span";

    private static final Logger LOG = LoggerFactory.getLogger(RecordDispatcher.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final CamelContext context;
    private final OffsetTracker tracker;
    private final Function<RequestRecord, Span> tracing;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Supervisor supervisor;
    private final LogLimit log;
    private final String route;
    private final BooleanSupplier inUse;
    private final AtomicReference<@Nullable AsyncProducer> producer = new AtomicReference<>();

    /** One record until it is done or dropped. */
    private static final class Taken {
        private final RequestRecord record;
        private final TrackedRecord tracked;
        private int failures;

        Taken(RequestRecord record, TrackedRecord tracked) {
            this.record = record;
            this.tracked = tracked;
        }
    }

    /**
     * @param tracing begins the span of a record
     * @param timer hands over once more what ended without an outcome
     * @param supervisor gets each {@code Error}
     * @param log permits a line a minute for each way to fail
     * @param route the endpoint that answers one record
     * @param inUse whether the calling thread polls the consumer that is in use; what the thread of
     *     a replaced one still hands over is passed over, since it is polled again
     */
    RecordDispatcher(
            CamelContext context,
            OffsetTracker tracker,
            Function<RequestRecord, Span> tracing,
            Executor executor,
            ScheduledExecutorService timer,
            Supervisor supervisor,
            LogLimit log,
            String route,
            BooleanSupplier inUse) {
        this.inUse = inUse;
        this.context = context;
        this.tracker = tracker;
        this.tracing = tracing;
        this.executor = executor;
        this.timer = timer;
        this.supervisor = supervisor;
        this.log = log;
        this.route = route;
    }

    @Override
    public void process(Exchange polled) {
        if (!inUse.getAsBoolean()) {
            return;
        }
        RequestRecord record = RequestRecord.read(polled.getMessage());
        TrackedRecord tracked = tracker.take(record.partition(), record.offset(), record.bytes());
        handOver(new Taken(record, tracked));
    }

    private void handOver(Taken taken) {
        try {
            executor.execute(() -> answer(taken));
        } catch (RuntimeException | Error e) {
            failed(taken, e);
        }
    }

    private void answer(Taken taken) {
        try {
            AsyncProducer answering = Objects.requireNonNull(producer.get(), "not started");
            Exchange exchange = answering.getEndpoint().createExchange();
            exchange.setProperty(RequestRecord.PROPERTY, taken.record);
            exchange.getMessage().setBody(taken.record.value());
            trace(exchange, taken.record);
            taken.tracked.onAbandoned(() -> cancel(exchange));
            taken.tracked.onWaiting(() -> waitReason(exchange));
            answering.process(exchange, doneSync -> settle(exchange, taken));
        } catch (RuntimeException | Error e) {
            failed(taken, e);
        }
    }

    /** Another instance will answer the request: here it need not be called for any more. */
    private static void cancel(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup != null) {
            lookup.cancel();
        }
    }

    private static Optional<String> waitReason(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(Lookup.PROPERTY, Lookup.class))
                .flatMap(Lookup::waitReason);
    }

    /** The header is for a tracer of the host's that follows routes: its spans join our trace. */
    private void trace(Exchange exchange, RequestRecord record) {
        Span span = tracing.apply(record);
        String traceParent = span.traceParent();
        if (traceParent != null) {
            exchange.setProperty(SPAN, span);
            exchange.getMessage().setHeader(HeaderNames.TRACE_PARENT, traceParent);
        }
    }

    /** Whether the broker has acknowledged the outcome of the record. */
    public static boolean isAcknowledged(Exchange exchange) {
        return exchange.getProperty(ACKNOWLEDGED, false, Boolean.class);
    }

    private void settle(Exchange exchange, Taken taken) {
        RecordTracing.end(exchange);
        if (isAcknowledged(exchange)) {
            tracker.done(taken.tracked);
        } else if (exchange.isRouteStop() || taken.tracked.isAbandoned() || isProcessStopping()) {
            tracker.drop(taken.tracked);
        } else {
            failed(taken, exchange.getException());
        }
    }

    private void failed(Taken taken, @Nullable Throwable failure) {
        if (failure instanceof Error error) {
            supervisor.onError("Answering " + taken.record.eventId(), error);
        }
        if (isProcessStopping()) {
            tracker.drop(taken.tracked);
            return;
        }
        taken.tracked.failed(failure == null ? "no outcome" : failure.getClass().getSimpleName());
        Duration pause = Durations.doubled(FIRST_PAUSE, taken.failures++, LONGEST_PAUSE);
        if (log.permits(failure == null ? "nothing" : failure.getClass().getName())) {
            LOG.error(
                    "{} has no outcome; it is tried again in {} s",
                    taken.record.eventId(),
                    pause.toSeconds(),
                    failure);
        }
        try {
            ScheduledFuture<?> unused =
                    timer.schedule(() -> handOver(taken), pause.toSeconds(), TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopped) {
            tracker.drop(taken.tracked);
        }
    }

    private boolean isProcessStopping() {
        return producer.get() == null || context.isStopping() || context.isStopped();
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
