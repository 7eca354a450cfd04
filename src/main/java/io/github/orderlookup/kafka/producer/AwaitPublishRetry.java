package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.route.Resumption;
import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step at which a record that could not be published waits until it is published again, without
 * a thread: 250 ms, then twice as long each time, at most 10 s, without end. After the wait {@link
 * PublishRetry} makes the message what is published next.
 *
 * <p>The waits end when the route stops, each with the failure that led to it: {@link
 * io.github.orderlookup.kafka.RecordDispatcher} then drops the record if the process stops, and
 * otherwise hands it over again. They do not end when the partition goes to another instance.
 * Thread-safe.
 */
public final class AwaitPublishRetry extends AsyncProcessorSupport implements ShutdownPrepared {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitPublishRetry.class);

    /** Exchange property: how often the outcome could not be published. */
    private static final String FAILURES = "order-lookup-publish-failures";

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final PublishRetry retry;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * @param executor goes on after the wait; an attempt to publish may block its thread for
     *     seconds
     */
    public AwaitPublishRetry(
            PublishRetry retry, Executor executor, ScheduledExecutorService timer) {
        this.retry = retry;
        this.executor = executor;
        this.timer = timer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (!AcknowledgeOutcome.isUnpublished(exchange)) {
            LOG.error(
                    "The outcome of {} is published; what follows failed through a defect of"
                            + " order-lookup",
                    RequestRecord.of(exchange).eventId(),
                    failure);
            callback.done(true);
            return true;
        }
        Wait wait = new Wait(exchange, failure, callback);
        try {
            wait.begin(nextDelay(exchange));
        } catch (Throwable e) {
            waits.remove(wait);
            wait.resumption.fail(e);
        }
        return false;
    }

    private static Duration nextDelay(Exchange exchange) {
        int before = exchange.getProperty(FAILURES, 0, Integer.class);
        exchange.setProperty(FAILURES, before + 1);
        return Durations.doubled(FIRST, before, LONGEST);
    }

    @Override
    protected void doStart() {
        stopping = false;
    }

    /** A suspended route still publishes: it is needed for what is under way. */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            stopping = true;
            waits.forEach(Wait::drop);
        }
    }

    /** The wait of one record. */
    private final class Wait {

        private final Exchange exchange;
        private final Exception failure;
        private final Resumption resumption;

        Wait(Exchange exchange, Exception failure, AsyncCallback callback) {
            this.exchange = exchange;
            this.failure = failure;
            this.resumption = new Resumption(exchange, ComposeOutcome.lookup(exchange), callback);
        }

        void begin(Duration delay) {
            LOG.debug(
                    "The outcome of {} is published again in {} ms",
                    RequestRecord.of(exchange).eventId(),
                    delay.toMillis(),
                    failure);
            waits.add(this);
            ScheduledFuture<?> unused =
                    timer.schedule(
                            () -> end(() -> retry.prepare(exchange)),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
            if (stopping) {
                drop();
            }
        }

        void drop() {
            end(() -> exchange.setException(failure));
        }

        private void end(Runnable how) {
            waits.remove(this);
            resumption.resumeOn(executor, how);
        }
    }
}
