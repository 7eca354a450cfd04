package io.github.orderlookup.metrics;

import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.rest.RestRequests;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.supervision.Supervisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;

/**
 * The meters of order-lookup in a Micrometer registry. Every name begins with {@code order_lookup_}
 * (as Prometheus writes it), and no label holds an id of an order or a customer.
 *
 * <p>Gauges are read when the registry is. Thread-safe.
 */
public final class MicrometerMeters implements Meters, AutoCloseable {

    private final OwnMeters meters;
    private final LookupMeters lookups;
    private final Clock wall;
    private final List<Runnable> onClose = new CopyOnWriteArrayList<>();

    private MicrometerMeters(MeterRegistry registry, Clock clock, Clock wall) {
        this.meters = new OwnMeters(registry);
        this.lookups = new LookupMeters(meters, clock);
        this.wall = wall;
    }

    /**
     * Meters in the registry of the context; empty when it has none, or several that no composite
     * one joins.
     *
     * @param clock monotonic
     * @param wall for the age of tokens
     */
    static Optional<MicrometerMeters> of(CamelContext context, Clock clock, Clock wall) {
        Set<CompositeMeterRegistry> composites =
                context.getRegistry().findByType(CompositeMeterRegistry.class);
        Set<MeterRegistry> all = context.getRegistry().findByType(MeterRegistry.class);
        return single(composites)
                .or(() -> single(all))
                .map(registry -> new MicrometerMeters(registry, clock, wall));
    }

    private static Optional<MeterRegistry> single(Set<? extends MeterRegistry> some) {
        return some.size() == 1 ? Optional.of(some.iterator().next()) : Optional.empty();
    }

    @Override
    public void lookupEnded(Lookup lookup) {
        lookups.lookupEnded(lookup);
    }

    @Override
    public void callEnded(int status, long nanos) {
        lookups.callEnded(status, nanos);
    }

    /** Adds the meters of the calls and of the sign-in. */
    public void watch(
            PartnerCenter partnerCenter, PartnerCenterSettings settings, LookupSettings limits) {
        new CallMeters(meters, partnerCenter)
                .register(limits.maxInFlight(), settings.requestsPerMinute());
        new SignInMeters(meters, partnerCenter, wall).register();
    }

    /** Adds the meters of the files that may change. */
    public void watch(FileWatch files) {
        new FileMeters(meters, files, wall).register();
    }

    /** Adds the meters of requests that wait for their order to settle. */
    public void watch(AwaitLook looks) {
        lookups.watch(looks);
    }

    /** Adds the meters of the Kafka endpoint. */
    public void watch(KafkaBeans kafka) {
        new KafkaMeters(meters, kafka).register();
    }

    /** Adds the meters of the REST endpoint. */
    public void watch(RestRequests requests) {
        meters.gauge("rest.waiting", "REST requests that are under way or wait", requests::waiting);
        meters.gauge(
                "rest.waiting.limit",
                "How many REST requests may be under way or wait: order-lookup.rest.max-waiting",
                requests::maxWaiting);
    }

    /** Adds the meters of the supervision: of each worker, while it is registered. */
    public void watch(Supervisor supervisor) {
        meters.counter(
                "errors",
                "Errors that only the supervision has handled",
                Tags.empty(),
                supervisor,
                Supervisor::errors);
        WorkerMeters workers = new WorkerMeters(meters.registry());
        supervisor.addListener(workers);
        onClose.add(() -> supervisor.removeListener(workers));
        onClose.add(workers::close);
    }

    /** Removes the meters. */
    @Override
    public void close() {
        onClose.forEach(Runnable::run);
        onClose.clear();
        meters.close();
    }
}
