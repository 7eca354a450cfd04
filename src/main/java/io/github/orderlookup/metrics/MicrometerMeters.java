package io.github.orderlookup.metrics;

import io.github.orderlookup.admission.CallStats;
import io.github.orderlookup.admission.CircuitBreakerState;
import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.kafka.KafkaStats;
import io.github.orderlookup.kafka.consumer.PauseReason;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.rest.RestRequests;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.supervision.Supervisor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The meters of order-lookup in a Micrometer registry. Every name begins with {@code order_lookup_}
 * (as Prometheus writes it), and labels tell of kinds alone, never of an order or a customer.
 *
 * <p>All meters are made beforehand: a lookup costs a few additions. What can be asked is asked
 * when the registry is read. Thread-safe.
 */
public final class MicrometerMeters implements Meters, AutoCloseable {

    private static final Duration[] LOOKUP_BUCKETS =
            millis(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000);
    private static final Duration[] CALL_BUCKETS =
            millis(25, 50, 100, 200, 300, 500, 750, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final double[] ATTEMPTS_BUCKETS = {1, 2, 3, 5, 10};
    private static final String[] STATUS_CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final MeterRegistry registry;
    private final Clock clock;
    private final Clock wall;
    private final List<Runnable> onClose = new CopyOnWriteArrayList<>();
    private final List<Meter> meters = new CopyOnWriteArrayList<>();
    private final Map<Source, SourceMeters> bySource = new EnumMap<>(Source.class);
    private final Timer[] calls = new Timer[STATUS_CLASSES.length];

    /** The meters of one door. */
    private record SourceMeters(
            Timer duration,
            DistributionSummary attempts,
            Counter found,
            Map<ProblemType, Counter> failed) {}

    MicrometerMeters(MeterRegistry registry, Clock clock, Clock wall) {
        this.registry = registry;
        this.clock = clock;
        this.wall = wall;
        for (Source source : Source.values()) {
            bySource.put(source, ofSource(source.name().toLowerCase(Locale.ROOT)));
        }
        for (int i = 0; i < calls.length; i++) {
            calls[i] =
                    keep(
                            Timer.builder("order.lookup.upstream.duration")
                                    .description("Calls to Partner Center, each attempt for itself")
                                    .tag("status_class", STATUS_CLASSES[i])
                                    .serviceLevelObjectives(CALL_BUCKETS)
                                    .register(registry));
        }
    }

    /**
     * Meters in the registry of the context; empty when it has none, or several that no composite
     * one joins.
     */
    public static Optional<MicrometerMeters> of(CamelContext context, Clock clock, Clock wall) {
        Set<CompositeMeterRegistry> joined =
                context.getRegistry().findByType(CompositeMeterRegistry.class);
        Set<MeterRegistry> all = context.getRegistry().findByType(MeterRegistry.class);
        MeterRegistry found = only(joined).orElseGet(() -> only(all).orElse(null));
        return Optional.ofNullable(found)
                .map(registry -> new MicrometerMeters(registry, clock, wall));
    }

    private static Optional<MeterRegistry> only(Set<? extends MeterRegistry> some) {
        return some.size() == 1 ? Optional.of(some.iterator().next()) : Optional.empty();
    }

    private SourceMeters ofSource(String source) {
        Map<ProblemType, Counter> failed = new EnumMap<>(ProblemType.class);
        for (ProblemType type : ProblemType.values()) {
            failed.put(type, lookups(source, type.shortName()));
        }
        return new SourceMeters(
                keep(
                        Timer.builder("order.lookup.duration")
                                .description(
                                        "Lookups, from their arrival to the answer of the door")
                                .tag("source", source)
                                .serviceLevelObjectives(LOOKUP_BUCKETS)
                                .register(registry)),
                keep(
                        DistributionSummary.builder("order.lookup.attempts")
                                .description("Attempts of a lookup, the first included")
                                .tag("source", source)
                                .serviceLevelObjectives(ATTEMPTS_BUCKETS)
                                .register(registry)),
                lookups(source, "found"),
                failed);
    }

    private Counter lookups(String source, String outcome) {
        return keep(
                Counter.builder("order.lookup.lookups")
                        .description("Lookups that were answered, by outcome")
                        .tag("source", source)
                        .tag("outcome", outcome)
                        .register(registry));
    }

    @Override
    public void lookupEnded(Lookup lookup) {
        SourceMeters ofSource = Objects.requireNonNull(bySource.get(lookup.source()));
        Counter counter =
                lookup.conclusion()
                        .map(type -> ofSource.failed().get(type))
                        .orElse(ofSource.found());
        counter.increment();
        ofSource.duration().record(Duration.between(lookup.arrived(), clock.instant()));
        ofSource.attempts().record(lookup.attempts());
    }

    @Override
    public void callEnded(int status, long nanos) {
        int statusClass = status / 100;
        calls[statusClass < calls.length ? statusClass : 0].record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Adds what can be asked of the calls and of the sign-in. */
    public void watch(
            PartnerCenter partnerCenter, PartnerCenterSettings settings, LookupSettings limits) {
        gauge(
                "calls.in.flight",
                "Calls to Partner Center under way",
                () -> partnerCenter.calls().inFlight());
        gauge(
                "calls.in.flight.limit",
                "How many calls may be under way: order-lookup.max-in-flight",
                limits::maxInFlight);
        gauge(
                "calls.waiting",
                "Lookups that wait for a slot, the budget, their back-off or the end of a pause",
                () -> partnerCenter.calls().waiting());
        for (String reason : List.of("cancelled", "dropped")) {
            keep(
                    FunctionCounter.builder(
                                    "order.lookup.calls.given.up",
                                    partnerCenter,
                                    center -> givenUp(center.calls(), reason))
                            .description(
                                    "Waiting lookups that were given up: their caller was gone, or"
                                            + " the process stops")
                            .tag("reason", reason)
                            .register(registry));
        }
        watchMemory(partnerCenter);
        watchBudget(partnerCenter, settings.requestsPerMinute());
        watchBreaker(partnerCenter);
        watchTokens(partnerCenter);
    }

    private static double givenUp(CallStats calls, String reason) {
        return reason.equals("cancelled") ? calls.cancelled() : calls.dropped();
    }

    private void watchMemory(PartnerCenter center) {
        for (String share : List.of("callers", "kafka")) {
            bytes(
                    "answers.memory",
                    "Heap that large answers hold, from their reading to the end of the lookup",
                    share,
                    () -> held(center.calls().memory(), share));
            bytes(
                    "answers.memory.limit",
                    "How much of it they may hold, but a single one",
                    share,
                    () -> center.calls().memory().limit());
        }
    }

    private static long held(CallStats.Memory memory, String share) {
        return share.equals("kafka") ? memory.kafka() : memory.callers();
    }

    private void bytes(String name, String description, String share, Supplier<Number> value) {
        keep(
                Gauge.builder("order.lookup." + name, value)
                        .description(description)
                        .tag("share", share)
                        .baseUnit("bytes")
                        .register(registry));
    }

    /** Adds what can be asked of the REST endpoint. */
    public void watch(RestRequests requests) {
        gauge("rest.waiting", "REST requests that are under way or wait", requests::waiting);
        gauge(
                "rest.waiting.limit",
                "How many of them there may be: order-lookup.rest.max-waiting",
                requests::maxWaiting);
    }

    private void watchBudget(PartnerCenter partnerCenter, int limit) {
        gauge(
                "budget.limit",
                "Calls a minute that the settings allow; infinite without a limit",
                () -> limit == 0 ? Double.POSITIVE_INFINITY : limit);
        gauge(
                "budget.rate",
                "Calls a minute that may start now; lower than the limit after refusals",
                () -> partnerCenter.calls().rate());
        gauge(
                "budget.paused",
                "1 while Partner Center wants no calls at all, else 0",
                () -> partnerCenter.calls().pausedForAll() ? 1 : 0);
        gauge(
                "budget.paused.customers",
                "Customers for which Partner Center wants no calls now",
                () -> partnerCenter.calls().pausedCustomers());
        keep(
                FunctionCounter.builder(
                                "order.lookup.budget.pauses",
                                partnerCenter,
                                center -> center.calls().pauses())
                        .description("Pauses that Partner Center has asked for by a 429")
                        .register(registry));
    }

    private void watchBreaker(PartnerCenter partnerCenter) {
        for (CircuitBreakerState state : CircuitBreakerState.values()) {
            keep(
                    Gauge.builder(
                                    "order.lookup.breaker.state",
                                    () -> partnerCenter.calls().breaker() == state ? 1 : 0)
                            .description("1 for the state that the breaker is in, else 0")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    private void watchTokens(PartnerCenter partnerCenter) {
        seconds(
                "token.age",
                "Age of the present access token; NaN without one",
                () -> since(partnerCenter.tokens().issued()));
        seconds(
                "token.validity",
                "How long the present access token can still be used; NaN without one",
                () -> -since(partnerCenter.tokens().usableUntil()));
        gauge(
                "token.failures",
                "Failed token requests in a row",
                () -> partnerCenter.tokens().failures());
        seconds(
                "refresh.token.validity",
                "How long the stored refresh token lasts unless it is used; NaN without one",
                () -> -since(partnerCenter.tokens().refreshTokenExpiry()));
    }

    /** Adds what can be asked of the Kafka door. */
    public void watch(KafkaBeans beans) {
        gauge(
                "kafka.pending",
                "Kafka requests taken and not yet committed",
                () -> beans.stats().pending());
        gauge(
                "kafka.pending.limit",
                "How many of them there may be: order-lookup.max-pending",
                () -> beans.stats().maxPending());
        gauge(
                "kafka.lag",
                "Requests on our partitions that are not taken yet, as of the last fetch",
                () -> beans.stats().lag());
        gauge(
                "kafka.outcomes.stuck",
                "Outcomes that their topic does not take",
                () -> beans.stats().stuck());
        gauge(
                "kafka.connected",
                "1 while a broker is connected, else 0",
                () -> beans.stats().connected() ? 1 : 0);
        watchPolling(beans);
    }

    private void watchPolling(KafkaBeans beans) {
        for (PauseReason reason : PauseReason.values()) {
            keep(
                    Gauge.builder(
                                    "order.lookup.kafka.paused",
                                    beans,
                                    kafka -> paused(kafka, reason))
                            .description(
                                    "How long polling has been paused for this reason; 0 while not")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .baseUnit("seconds")
                            .strongReference(true)
                            .register(registry));
        }
        gauge(
                "kafka.pending.bytes",
                "Memory that the requests under way hold, in bytes",
                () -> beans.stats().bytes());
        seconds(
                "kafka.oldest.request",
                "How long ago the oldest request without an outcome was taken; 0 without one",
                () -> secondsOf(beans.stats().oldestRequest()));
        seconds(
                "kafka.last.commit",
                "How long ago offsets were last committed",
                () -> secondsOf(beans.stats().sinceCommit()));
        gauge(
                "kafka.unreadable.partitions",
                "Partitions whose next record cannot be read",
                () -> beans.stats().unreadablePartitions());
        gauge(
                "kafka.held.up.partitions",
                "Partitions whose first unanswered request has no outcome for no reason",
                () -> beans.stats().stalledPartitions());
    }

    private static double paused(KafkaBeans beans, PauseReason reason) {
        KafkaStats.Pause pause = beans.stats().pause();
        return pause == null || pause.reason() != reason ? 0 : secondsOf(pause.lasts());
    }

    private static double secondsOf(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Adds what can be asked of the supervision: of each worker, when it is registered. */
    public void watch(Supervisor supervisor) {
        keep(
                FunctionCounter.builder("order.lookup.errors", supervisor, Supervisor::errors)
                        .description("Errors that nothing handled but the supervision")
                        .register(registry));
        WorkerMeters workers = new WorkerMeters(registry);
        supervisor.addListener(workers);
        onClose.add(() -> supervisor.removeListener(workers));
        onClose.add(workers::close);
    }

    private double since(@Nullable Instant moment) {
        return moment == null
                ? Double.NaN
                : Duration.between(moment, wall.instant()).toMillis() / 1000.0;
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        keep(
                Gauge.builder("order.lookup." + name, value)
                        .description(description)
                        .register(registry));
    }

    private void seconds(String name, String description, Supplier<Number> value) {
        keep(
                Gauge.builder("order.lookup." + name, value)
                        .description(description)
                        .baseUnit("seconds")
                        .register(registry));
    }

    private <T extends Meter> T keep(T meter) {
        meters.add(meter);
        return meter;
    }

    /** Takes the meters out again: they would hold on to what is stopped. */
    @Override
    public void close() {
        onClose.forEach(Runnable::run);
        onClose.clear();
        meters.forEach(registry::remove);
        meters.clear();
    }

    private static Duration[] millis(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }
}
