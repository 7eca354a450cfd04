package io.github.orderlookup.metrics;

import io.github.orderlookup.lookup.Lookup.OrderState;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.github.orderlookup.settle.SettleState.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The meters of requests that wait for their order to settle: how they end, after how long, and how
 * old those are that wait. Thread-safe.
 */
final class SettleMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final OwnMeters meters;
    private final Map<String, Counter> byState = new HashMap<>();
    private final Timer settled;
    private final Timer unsettled;

    SettleMeters(OwnMeters meters) {
        this.meters = meters;
        Arrays.stream(Kind.values()).map(Kind::label).forEach(this::addState);
        this.settled = timer("true");
        this.unsettled = timer("false");
    }

    private void addState(String state) {
        byState.put(
                state,
                meters.keep(
                        Counter.builder(OwnMeters.PREFIX + "settle.orders")
                                .description("Orders whose settling was waited for, by last state")
                                .tag("state", state)
                                .register(meters.registry())));
    }

    private Timer timer(String result) {
        return meters.keep(
                Timer.builder(OwnMeters.PREFIX + "settle.duration")
                        .description("From the request that waits to the Order that answers it")
                        .tag("settled", result)
                        .serviceLevelObjectives(BUCKETS)
                        .register(meters.registry()));
    }

    void ended(OrderState state) {
        Objects.requireNonNull(byState.get(state.label())).increment();
        (state.settled() ? settled : unsettled).record(state.since());
    }

    /** Adds the gauges of those that wait now. */
    void watch(AwaitLook looks) {
        waiting(looks, "1m", Duration.ZERO, Duration.ofMinutes(1));
        waiting(looks, "15m", Duration.ofMinutes(1), Duration.ofMinutes(15));
        waiting(looks, "1h", Duration.ofMinutes(15), Duration.ofHours(1));
        waiting(looks, "1d", Duration.ofHours(1), Duration.ofDays(1));
        waiting(looks, "older", Duration.ofDays(1), FOREVER);
    }

    private void waiting(AwaitLook looks, String age, Duration least, Duration below) {
        meters.gauge(
                "settle.waiting",
                "Requests that this instance holds until the next look at their order, by age",
                Tags.of("age", age),
                () -> looks.waiting(least, below));
    }
}
