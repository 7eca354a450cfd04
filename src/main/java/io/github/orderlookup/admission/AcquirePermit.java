package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Hold;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.route.Resumption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step at which a lookup waits for a permit to call. The wait holds no thread; routing
 * continues on a thread of the limiter's executor once it is decided.
 *
 * <p>A lookup whose deadline passes here fails with its last failure, or with {@code
 * deadline-exceeded} if no attempt has finished. Whether it waits for the end of an outage, after
 * which its attempts count from zero, and how it ends when the process stops or its caller is gone,
 * is up to its {@link io.github.orderlookup.lookup.Source}.
 */
public final class AcquirePermit extends AsyncProcessorSupport {

    /** Exchange property that holds the permit while the call is under way. */
    public static final String PERMIT = "order-lookup-permit";

    /** Exchange property that holds the place of a lookup that comes back without a call. */
    private static final String PLACE = "order-lookup-place";

    private final CallLimiter limiter;
    private final Clock clock;
    private final Duration allowance;
    private final boolean collapse;

    /**
     * @param clock monotonic
     * @param collapse whether lookups of the same order that wait share one call
     */
    public AcquirePermit(CallLimiter limiter, Clock clock, Duration allowance, boolean collapse) {
        this.limiter = limiter;
        this.clock = clock;
        this.allowance = allowance;
        this.collapse = collapse;
    }

    /**
     * Lets a lookup that gives its permit back without a call wait for the next one at the same
     * place.
     */
    public static void keepPlace(Exchange exchange) {
        exchange.setProperty(PLACE, exchange.getProperty(PERMIT, CallPermit.class).place);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        Resumption resumption = new Resumption(exchange, lookup, callback);
        try {
            new Wait(exchange, lookup, resumption).begin();
        } catch (Throwable e) {
            resumption.fail(e);
        }
        return false;
    }

    /** The wait of one lookup for one permit. */
    private final class Wait {

        private final Exchange exchange;
        private final Lookup lookup;
        private final Resumption resumption;
        private final Instant ready;
        private final CallPermit permit;
        private final AtomicReference<@Nullable Hold> listener = new AtomicReference<>();

        Wait(Exchange exchange, Lookup lookup, Resumption resumption) {
            this.exchange = exchange;
            this.lookup = lookup;
            this.resumption = resumption;
            Instant entered = clock.instant();
            ready = lookup.notBefore().isAfter(entered) ? lookup.notBefore() : entered;
            OrderLookupRequest request = lookup.request().orElseThrow();
            permit =
                    new CallPermit(
                            request.customerId() + "/" + request.orderId(),
                            collapse,
                            request.customerId(),
                            lookup.source(),
                            lookup.attempts() == 0,
                            lookup.notBefore(),
                            lookup.waitDeadline(allowance).orElse(null),
                            exchange.removeProperty(PLACE) instanceof Long place ? place : -1,
                            this::decided);
        }

        void begin() {
            LookupLog.waits(lookup, clock, limiter);
            exchange.setProperty(PERMIT, permit);
            permit.hold = lookup.hold(() -> limiter.release(permit));
            listener.set(lookup.onCancel(() -> limiter.cancel(permit)));
            lookup.waitsFor(() -> limiter.waitReason(permit));
            limiter.acquire(permit);
        }

        private void decided(Decision decision) {
            Hold withdrawn = listener.get();
            if (withdrawn != null) {
                withdrawn.release();
            }
            resumption.resume(() -> settle(exchange, lookup, permit, decision, ready));
        }
    }

    private void settle(
            Exchange exchange, Lookup lookup, CallPermit permit, Decision decision, Instant ready) {
        Instant now = clock.instant();
        LookupLog.decided(lookup, decision, Duration.between(ready, now));
        if (decision != Decision.GRANTED) {
            exchange.removeProperty(PERMIT);
            permit.hold.release();
        }
        switch (decision) {
            case GRANTED -> {
                if (Objects.requireNonNull(permit.call).outlasted()) {
                    lookup.startAnew();
                }
                lookup.permit(now, Duration.between(ready, now));
            }
            case SHARED -> {
                lookup.permit(now, Duration.between(ready, now));
                take(exchange, lookup, Objects.requireNonNull(permit.result));
            }
            case EXPIRED -> exchange.setException(Endings.expired(lookup));
            case OVERLOADED ->
                    exchange.setException(
                            Endings.overloaded(
                                    lookup,
                                    "All calls to Partner Center are taken; try again soon."));
            case OUTAGE ->
                    exchange.setException(
                            Endings.outage(lookup, Objects.requireNonNull(permit.outage)));
            case PAUSED ->
                    exchange.setException(
                            Endings.paused(
                                    lookup,
                                    Duration.between(
                                            now, Objects.requireNonNull(permit.pausedUntil))));
            case CANCELLED -> Endings.cancel(exchange, lookup);
            case DROPPED -> Endings.drop(exchange, lookup);
            case FAILED -> exchange.setException(Objects.requireNonNull(permit.error));
        }
    }

    /** Takes the result of a call for the same order as that of an attempt of its own. */
    private static void take(Exchange exchange, Lookup lookup, CallPermit.Result result) {
        lookup.shareAttempt(result.requestId());
        exchange.getMessage().setBody(result.body());
        if (result.failure() == null) {
            lookup.answer();
        } else {
            lookup.fail(result.failure());
        }
    }
}
