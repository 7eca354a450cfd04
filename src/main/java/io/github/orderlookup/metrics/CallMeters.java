package io.github.orderlookup.metrics;

import io.github.orderlookup.admission.CallStats;
import io.github.orderlookup.admission.CircuitBreakerState;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** Gauges of the call limiter: calls, response memory, rate limit and circuit breaker. */
final class CallMeters {

    private final OwnMeters meters;
    private final PartnerCenter partnerCenter;

    CallMeters(OwnMeters meters, PartnerCenter partnerCenter) {
        this.meters = meters;
        this.partnerCenter = partnerCenter;
    }

    /**
     * @param maxInFlight calls that may be under way
     * @param requestsPerMinute 0 without a limit
     */
    void register(int maxInFlight, int requestsPerMinute) {
        registerCalls(maxInFlight);
        registerMemory();
        registerRate(requestsPerMinute);
        registerBreaker();
    }

    private void registerCalls(int maxInFlight) {
        meters.gauge(
                "calls.in.flight",
                "Calls to Partner Center under way",
                () -> partnerCenter.calls().inFlight());
        meters.gauge(
                "calls.in.flight.limit",
                "How many calls may be under way: order-lookup.max-in-flight",
                () -> maxInFlight);
        meters.gauge(
                "calls.waiting",
                "Lookups that wait for a call slot, the rate limit, their back-off or the end of a"
                        + " pause",
                () -> partnerCenter.calls().waiting());
        registerGivenUp("cancelled");
        registerGivenUp("dropped");
    }

    private void registerGivenUp(String reason) {
        meters.counter(
                "calls.given.up",
                "Waiting lookups that were given up: their caller was gone, or the process stops",
                Tags.of("reason", reason),
                partnerCenter,
                center -> givenUp(center.calls(), reason));
    }

    private static double givenUp(CallStats calls, String reason) {
        return reason.equals("cancelled") ? calls.cancelled() : calls.dropped();
    }

    private void registerMemory() {
        registerMemory("callers");
        registerMemory("kafka");
    }

    private void registerMemory(String share) {
        meters.gauge(
                "answers.memory",
                "bytes",
                "Heap that large responses hold, from their reading to the end of the lookup",
                Tags.of("share", share),
                () -> held(partnerCenter.calls().memory(), share));
        meters.gauge(
                "answers.memory.limit",
                "bytes",
                "How much heap large responses may hold, apart from a single one",
                Tags.of("share", share),
                () -> partnerCenter.calls().memory().limit());
    }

    private static long held(CallStats.Memory memory, String share) {
        return share.equals("kafka") ? memory.kafka() : memory.callers();
    }

    private void registerRate(int limit) {
        meters.gauge(
                "budget.limit",
                "Calls a minute that the settings allow; infinite without a limit",
                () -> limit == 0 ? Double.POSITIVE_INFINITY : limit);
        meters.gauge(
                "budget.rate",
                "Calls a minute that may start now; lower than the limit after refusals",
                () -> partnerCenter.calls().rate());
        meters.gauge(
                "budget.paused",
                "1 while a 429 of Partner Center pauses all calls, else 0",
                () -> partnerCenter.calls().pausedForAll() ? 1 : 0);
        meters.gauge(
                "budget.paused.customers",
                "Customers whose calls a 429 of Partner Center pauses",
                () -> partnerCenter.calls().pausedCustomers());
        meters.counter(
                "budget.pauses",
                "Pauses that Partner Center has asked for by a 429",
                Tags.empty(),
                partnerCenter,
                center -> center.calls().pauses());
    }

    private void registerBreaker() {
        for (CircuitBreakerState state : CircuitBreakerState.values()) {
            meters.gauge(
                    "breaker.state",
                    "1 for the state of the circuit breaker, else 0",
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    () -> partnerCenter.calls().breaker() == state ? 1 : 0);
        }
    }
}
