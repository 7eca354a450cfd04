package io.github.orderlookup.supervision;

import java.time.Clock;
import org.apache.camel.spi.Registry;

/**
 * Keeps a health check in the registry of the context for each worker, and one for the process.
 *
 * <p>Thread-safe, as the registry is.
 */
public final class SupervisionChecks implements Supervisor.Listener, AutoCloseable {

    private static final String PROCESS = "order-lookup-process-check";

    private final Supervisor supervisor;
    private final Registry registry;

    public SupervisionChecks(Supervisor supervisor, Registry registry) {
        this.supervisor = supervisor;
        this.registry = registry;
    }

    /** Binds the checks. */
    public void open() {
        registry.bind(PROCESS, new ProcessLiveness(supervisor));
        supervisor.addListener(this);
    }

    @Override
    public void added(Worker worker) {
        registry.bind(WorkerReadiness.id(worker), new WorkerReadiness(worker, Clock.systemUTC()));
    }

    @Override
    public void removed(Worker worker) {
        registry.unbind(WorkerReadiness.id(worker));
    }

    @Override
    public void close() {
        supervisor.removeListener(this);
        supervisor.workers().forEach(this::removed);
        registry.unbind(PROCESS);
    }
}
