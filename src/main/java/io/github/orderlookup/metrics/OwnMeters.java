package io.github.orderlookup.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes the meters of order-lookup in a registry, and removes them again. Thread-safe. */
final class OwnMeters implements AutoCloseable {

    /** The beginning of every name. */
    static final String PREFIX = "order.lookup.";

    private static final double MILLIS = 1000.0;

    private final MeterRegistry registry;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();

    OwnMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    MeterRegistry registry() {
        return registry;
    }

    void gauge(String name, String description, Supplier<Number> value) {
        gauge(name, null, description, Tags.empty(), value);
    }

    void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        gauge(name, null, description, tags, value);
    }

    void seconds(String name, String description, Supplier<Number> value) {
        gauge(name, "seconds", description, Tags.empty(), value);
    }

    void gauge(
            String name,
            @Nullable String unit,
            String description,
            Tags tags,
            Supplier<Number> value) {
        keep(
                Gauge.builder(PREFIX + name, value)
                        .description(description)
                        .tags(tags)
                        .baseUnit(unit)
                        .register(registry));
    }

    <T> void counter(
            String name, String description, Tags tags, T counted, ToDoubleFunction<T> count) {
        keep(
                FunctionCounter.builder(PREFIX + name, counted, count)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    <T extends Meter> T keep(T meter) {
        meters.add(meter);
        return meter;
    }

    /** Removes the meters: they hold references to what is stopped. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
