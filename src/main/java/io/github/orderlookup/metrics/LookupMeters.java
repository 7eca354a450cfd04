package io.github.orderlookup.metrics;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Lookups by source and outcome, and calls by class of status. All meters are made beforehand, so
 * that a lookup costs a few additions. Thread-safe.
 */
final class LookupMeters implements Meters {

    private static final Duration[] LOOKUP_BUCKETS =
            millis(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000);
    private static final Duration[] CALL_BUCKETS =
            millis(25, 50, 100, 200, 300, 500, 750, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final double[] ATTEMPTS_BUCKETS = {1, 2, 3, 5, 10};
    private static final String[] STATUS_CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final OwnMeters meters;
    private final Clock clock;
    private final SettleMeters settle;
    private final Map<Source, SourceMeters> bySource = new EnumMap<>(Source.class);
    private final Timer[] calls = new Timer[STATUS_CLASSES.length];

    private record SourceMeters(
            Timer duration,
            DistributionSummary attempts,
            Counter found,
            Map<ProblemType, Counter> failed) {}

    LookupMeters(OwnMeters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.settle = new SettleMeters(meters);
        for (Source source : Source.values()) {
            bySource.put(source, ofSource(source.name().toLowerCase(Locale.ROOT)));
        }
        for (int i = 0; i < calls.length; i++) {
            calls[i] =
                    meters.keep(
                            Timer.builder(OwnMeters.PREFIX + "upstream.duration")
                                    .description("Calls to Partner Center, each attempt by itself")
                                    .tag("status_class", STATUS_CLASSES[i])
                                    .serviceLevelObjectives(CALL_BUCKETS)
                                    .register(meters.registry()));
        }
    }

    private static Duration[] millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private SourceMeters ofSource(String source) {
        Map<ProblemType, Counter> failed = new EnumMap<>(ProblemType.class);
        for (ProblemType type : ProblemType.values()) {
            failed.put(type, lookups(source, type.shortName()));
        }
        return new SourceMeters(
                meters.keep(
                        Timer.builder(OwnMeters.PREFIX + "duration")
                                .description("Lookups, from their arrival to their answer")
                                .tag("source", source)
                                .serviceLevelObjectives(LOOKUP_BUCKETS)
                                .register(meters.registry())),
                meters.keep(
                        DistributionSummary.builder(OwnMeters.PREFIX + "attempts")
                                .description("Attempts of a lookup, the first included")
                                .tag("source", source)
                                .serviceLevelObjectives(ATTEMPTS_BUCKETS)
                                .register(meters.registry())),
                lookups(source, "found"),
                failed);
    }

    private Counter lookups(String source, String outcome) {
        return meters.keep(
                Counter.builder(OwnMeters.PREFIX + "lookups")
                        .description("Answered lookups, by outcome")
                        .tag("source", source)
                        .tag("outcome", outcome)
                        .register(meters.registry()));
    }

    /** Adds the gauges of requests that wait for their order to settle. */
    void watch(AwaitLook looks) {
        settle.watch(looks);
    }

    @Override
    public void lookupEnded(Lookup lookup) {
        SourceMeters ofSource = Objects.requireNonNull(bySource.get(lookup.source()));
        Counter counter =
                lookup.conclusion()
                        .map(type -> ofSource.failed().get(type))
                        .orElse(ofSource.found());
        counter.increment();
        if (lookup.conclusion().isEmpty()) {
            lookup.orderState().ifPresent(settle::ended);
        }
        ofSource.duration().record(Duration.between(lookup.arrived(), clock.instant()));
        ofSource.attempts().record(lookup.attempts());
    }

    @Override
    public void callEnded(int status, long nanos) {
        int statusClass = status / 100;
        calls[statusClass < calls.length ? statusClass : 0].record(nanos, TimeUnit.NANOSECONDS);
    }
}
