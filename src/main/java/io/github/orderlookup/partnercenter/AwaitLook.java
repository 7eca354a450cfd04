package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.route.Resumption;
import io.github.orderlookup.settle.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The step at which a request waits until the next look at its order is due, without a thread, a
 * call slot or a place in the queue of the call limiter. It ends a moment earlier: looks at the
 * same order that are due together then stand in that queue together, and share one call.
 *
 * <p>The wait ends when the caller is gone, and when the process stops. Thread-safe.
 */
public final class AwaitLook extends AsyncProcessorSupport implements AutoCloseable {

    private static final Duration LEAD = Duration.ofMillis(50);

    private final Clock clock;
    private final Clock wall;
    private final LookupThreads threads;
    private final ScheduledExecutorService timer;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param clock monotonic
     * @param wall for the age of requests, which may come from another process
     */
    public AwaitLook(
            Clock clock, Clock wall, LookupThreads threads, ScheduledExecutorService timer) {
        this.clock = clock;
        this.wall = wall;
        this.threads = threads;
        this.timer = timer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        Duration left =
                lookup == null
                        ? Duration.ZERO
                        : Duration.between(clock.instant(), lookup.notBefore()).minus(LEAD);
        if (left.isNegative() || left.isZero()) {
            callback.done(true);
            return true;
        }
        Wait wait = new Wait(exchange, lookup, new Resumption(exchange, lookup, callback));
        try {
            wait.begin(left);
        } catch (Throwable e) {
            waits.remove(wait);
            wait.resumption.fail(e);
        }
        return false;
    }

    /**
     * How many requests wait for a look that were asked so long ago.
     *
     * @param least inclusive
     * @param below exclusive
     */
    public long waiting(Duration least, Duration below) {
        Instant now = wall.instant();
        return waits.stream()
                .map(wait -> wait.age(now))
                .filter(age -> age.compareTo(least) >= 0 && age.compareTo(below) < 0)
                .count();
    }

    /** Ends the waits: the process stops. */
    @Override
    public void close() {
        closed = true;
        waits.forEach(Wait::drop);
    }

    /** The wait of one request. */
    private final class Wait {

        private final Exchange exchange;
        private final Lookup lookup;
        private final Resumption resumption;

        Wait(Exchange exchange, Lookup lookup, Resumption resumption) {
            this.exchange = exchange;
            this.lookup = lookup;
            this.resumption = resumption;
        }

        Duration age(Instant now) {
            Waiting waiting = exchange.getProperty(Waiting.PROPERTY, Waiting.class);
            Duration age = waiting == null ? Duration.ZERO : Duration.between(waiting.asked(), now);
            return age.isNegative() ? Duration.ZERO : age;
        }

        void begin(Duration left) {
            waits.add(this);
            lookup.waitsFor(() -> Optional.of("the next look at its order"));
            ScheduledFuture<?> alarm =
                    timer.schedule(() -> end(() -> {}), left.toNanos(), TimeUnit.NANOSECONDS);
            lookup.hold(() -> alarm.cancel(false));
            lookup.onCancel(() -> end(() -> Endings.cancel(exchange, lookup)));
            if (closed) {
                drop();
            }
        }

        void drop() {
            end(() -> Endings.drop(exchange, lookup));
        }

        private void end(Runnable how) {
            waits.remove(this);
            lookup.waitsFor(Optional::empty);
            resumption.resumeOn(threads.forRefusal(lookup.source()), how);
        }
    }
}
