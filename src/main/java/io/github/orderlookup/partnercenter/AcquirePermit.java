package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallPermit;
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
final class AcquirePermit extends AsyncProcessorSupport {

    private final CallLimiter limiter;
    private final Clock clock;
    private final Duration allowance;
    private final boolean collapse;

    /**
     * @param clock monotonic
     * @param collapse whether lookups of the same order that wait share one call
     */
    AcquirePermit(CallLimiter limiter, Clock clock, Duration allowance, boolean collapse) {
        this.limiter = limiter;
        this.clock = clock;
        this.allowance = allowance;
        this.collapse = collapse;
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
        private final CallUnderWay call;
        private final AtomicReference<@Nullable Hold> listener = new AtomicReference<>();

        Wait(Exchange exchange, Lookup lookup, Resumption resumption) {
            this.exchange = exchange;
            this.lookup = lookup;
            this.resumption = resumption;
            Instant entered = clock.instant();
            ready = lookup.notBefore().isAfter(entered) ? lookup.notBefore() : entered;
            call = new CallUnderWay(lookup, permit(CallUnderWay.in(exchange)));
        }

        private CallPermit permit(@Nullable CallUnderWay before) {
            OrderLookupRequest request = lookup.request().orElseThrow();
            return new CallPermit(
                    request.customerId() + "/" + request.orderId(),
                    collapse,
                    request.customerId(),
                    lookup.source(),
                    lookup.attempts() == 0,
                    lookup.yields(),
                    lookup.notBefore(),
                    lookup.waitDeadline(allowance).orElse(null),
                    before == null ? -1 : before.nextPlace(),
                    this::decided);
        }

        void begin() {
            LookupLog.waits(lookup, clock, limiter);
            CallPermit permit = call.permit();
            call.hold(exchange, limiter);
            listener.set(lookup.onCancel(() -> limiter.cancel(permit)));
            lookup.waitsFor(() -> limiter.waitReason(permit));
            limiter.acquire(permit);
        }

        private void decided(Decision decision) {
            Hold withdrawn = listener.get();
            if (withdrawn != null) {
                withdrawn.release();
            }
            resumption.resume(() -> settle(exchange, lookup, call, decision, ready));
        }
    }

    private void settle(
            Exchange exchange, Lookup lookup, CallUnderWay call, Decision decision, Instant ready) {
        Instant now = clock.instant();
        Duration waited = Duration.between(ready, now);
        LookupLog.decided(lookup, decision, waited);
        if (decision == Decision.GRANTED) {
            if (call.permit().hasOutlastedOutage()) {
                lookup.startAnew();
            }
            lookup.permit(now, waited);
            return;
        }
        CallUnderWay.remove(exchange);
        call.release();
        if (decision == Decision.SHARED) {
            lookup.permit(now, waited);
            take(exchange, lookup, Objects.requireNonNull(call.permit().shared()));
        } else {
            end(exchange, lookup, call.permit(), decision, now);
        }
    }

    /** The lookup makes no call, and has no result of another. */
    private static void end(
            Exchange exchange, Lookup lookup, CallPermit permit, Decision decision, Instant now) {
        switch (decision) {
            case GRANTED, SHARED -> throw new IllegalArgumentException(decision.name());
            case CANCELLED -> Endings.cancel(exchange, lookup);
            case DROPPED -> Endings.drop(exchange, lookup);
            case EXPIRED -> exchange.setException(Endings.expired(lookup));
            case OVERLOADED -> exchange.setException(Endings.withoutSlot(lookup));
            case OUTAGE ->
                    exchange.setException(
                            Endings.outage(lookup, Objects.requireNonNull(permit.outage())));
            case PAUSED -> {
                Instant end = Objects.requireNonNull(permit.pausedUntil());
                exchange.setException(Endings.paused(lookup, Duration.between(now, end)));
            }
            case FAILED -> exchange.setException(Objects.requireNonNull(permit.error()));
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
