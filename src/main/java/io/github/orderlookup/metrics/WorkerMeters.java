package io.github.orderlookup.metrics;

import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of each worker, from its registration to its end. Thread-safe. */
final class WorkerMeters implements Supervisor.Listener, AutoCloseable {

    private final MeterRegistry registry;
    private final Map<Worker, List<Meter>> meters = new ConcurrentHashMap<>();

    WorkerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void added(Worker worker) {
        meters.put(
                worker,
                List.of(
                        gauge(
                                worker,
                                "last.progress",
                                "How long ago the worker last made progress; 0 while it is idle",
                                each -> OwnMeters.seconds(each.sinceProgress())),
                        gauge(
                                worker,
                                "paused",
                                "How long the worker has been paused; 0 while it is not",
                                each -> OwnMeters.seconds(each.paused())),
                        stalled(worker)));
    }

    private Meter gauge(
            Worker worker, String name, String description, ToDoubleFunction<Worker> value) {
        return Gauge.builder(OwnMeters.PREFIX + "worker." + name, worker, value)
                .description(description)
                .tag("worker", worker.name())
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private Meter stalled(Worker worker) {
        return Gauge.builder(
                        OwnMeters.PREFIX + "worker.stalled",
                        worker,
                        each -> each.isStalled() ? 1 : 0)
                .description("1 while the worker should make progress and does not, else 0")
                .tag("worker", worker.name())
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void removed(Worker worker) {
        List<Meter> gone = meters.remove(worker);
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }

    @Override
    public void close() {
        meters.keySet().forEach(this::removed);
    }
}
