package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.lookup.Hold;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.memory.ResponseMemory;
import io.github.orderlookup.memory.ResponseMemory.Claim;
import io.github.orderlookup.route.Resumption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step at which a response waits for memory before it is read as an Order. The lookup holds it
 * until the exchange is over: for Kafka, until the outcome is acknowledged.
 *
 * <p>The wait holds no thread and ends at the deadline of the lookup, over REST after a second,
 * when the caller is gone, and when the process stops. The body is the response, as bytes.
 * Thread-safe.
 */
final class AcquireMemory extends AsyncProcessorSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ResponseMemory.Shares memory;
    private final CallLimiter limiter;
    private final Duration allowance;
    private final Clock clock;
    private final LookupThreads threads;
    private final ScheduledExecutorService timer;

    /**
     * @param allowance how long a lookup may take
     * @param clock monotonic
     */
    AcquireMemory(
            ResponseMemory.Shares memory,
            CallLimiter limiter,
            Duration allowance,
            Clock clock,
            LookupThreads threads,
            ScheduledExecutorService timer) {
        this.memory = memory;
        this.limiter = limiter;
        this.allowance = allowance;
        this.clock = clock;
        this.threads = threads;
        this.timer = timer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        long bytes = missing(exchange, ((byte[]) exchange.getMessage().getBody()).length);
        if (lookup.isCancelled()) {
            Endings.cancel(exchange, lookup);
        } else if (bytes > 0) {
            return begin(new Wait(exchange, lookup, callback), bytes);
        }
        callback.done(true);
        return true;
    }

    /** The lookup that made a shared call holds the memory of its response. */
    private static long missing(Exchange exchange, int bodyBytes) {
        CallUnderWay call = CallUnderWay.in(exchange);
        return call != null && call.covers(bodyBytes) ? 0 : ResponseMemory.of(bodyBytes);
    }

    private static boolean begin(Wait wait, long bytes) {
        try {
            return wait.begin(bytes);
        } catch (Throwable e) {
            wait.resumption.fail(e);
            return false;
        }
    }

    /** The wait of one lookup for memory. */
    private final class Wait {

        private final Exchange exchange;
        private final Lookup lookup;
        private final AsyncCallback callback;
        private final Resumption resumption;

        Wait(Exchange exchange, Lookup lookup, AsyncCallback callback) {
            this.exchange = exchange;
            this.lookup = lookup;
            this.callback = callback;
            this.resumption = new Resumption(exchange, lookup, callback);
        }

        boolean begin(long bytes) {
            Claim claim = memory.of(lookup.source().share()).claim(bytes, this::decided);
            lookup.hold(
                    () -> {
                        claim.release();
                        limiter.reconsider();
                    });
            if (claim.isGrantedAtOnce()) {
                callback.done(true);
                return true;
            }
            Hold alarm = alarm();
            lookup.hold(alarm::release);
            lookup.onCancel(() -> end(() -> Endings.cancel(exchange, lookup)));
            return false;
        }

        /** Runs on the thread that has given memory back, or closes the memory. */
        private void decided(boolean granted) {
            if (granted) {
                resumption.resumeOn(threads.forCall(lookup.source()), () -> {});
            } else {
                end(() -> Endings.drop(exchange, lookup));
            }
        }

        private void end(Runnable how) {
            resumption.resumeOn(threads.forRefusal(lookup.source()), how);
        }

        private Hold alarm() {
            Instant now = clock.instant();
            Instant end = lookup.waitDeadline(allowance).orElse(null);
            boolean failsFast = lookup.source().failsFast();
            Instant last = failsFast ? earlier(end, now.plus(PATIENCE)) : end;
            if (last == null) {
                return () -> {};
            }
            Runnable give = failsFast && !last.equals(end) ? this::overloaded : this::expired;
            long delay = TimeUnit.NANOSECONDS.convert(Duration.between(now, last));
            ScheduledFuture<?> alarm = timer.schedule(give, delay, TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        }

        private static Instant earlier(@Nullable Instant one, Instant other) {
            return one != null && one.isBefore(other) ? one : other;
        }

        private void overloaded() {
            end(() -> exchange.setException(Endings.withoutMemory(lookup)));
        }

        private void expired() {
            end(() -> exchange.setException(Endings.expired(lookup)));
        }
    }
}
