package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
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

    /**
     * Neither ready nor alive once the process cannot go on: its memory was exhausted, or the
     * virtual machine failed. Our own main ends by itself then; in a host it is for the host to
     * decide.
     */
    private static final class ProcessLiveness extends AbstractHealthCheck {

        private final Supervisor supervisor;

        ProcessLiveness(Supervisor supervisor) {
            super("order-lookup", "order-lookup-process");
            this.supervisor = supervisor;
        }

        @Override
        public boolean isLiveness() {
            return true;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            supervisor
                    .fatal()
                    .ifPresentOrElse(
                            error ->
                                    builder.message(
                                                    "The process cannot go on and must be restarted. "
                                                            + inWords(error))
                                            .down(),
                            builder::up);
        }

        /** The message of an error may hold request data; those of our own exceptions do not. */
        private static String inWords(Throwable error) {
            if (error instanceof IllegalStateException) {
                return error.getMessage() + ".";
            }
            return error instanceof OutOfMemoryError
                    ? "Its memory was exhausted."
                    : "The virtual machine reported " + error.getClass().getSimpleName() + ".";
        }
    }

    /**
     * Ready unless a worker is stalled. A worker that is paused is well: why and since when is in
     * the message. Never part of liveness.
     */
    private static final class WorkerReadiness extends AbstractHealthCheck {

        private final Worker worker;
        private final Clock wall;

        /**
         * @param wall for time stamps
         */
        WorkerReadiness(Worker worker, Clock wall) {
            super("order-lookup", id(worker));
            this.worker = worker;
            this.wall = wall;
        }

        static String id(Worker worker) {
            return "order-lookup-worker-" + worker.name();
        }

        @Override
        public boolean isLiveness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            boolean stalled = worker.isStalled();
            Instant now = wall.instant();
            builder.message(worker.inWords());
            builder.detail("worker", worker.name());
            builder.detail(
                    "state", stalled ? "stalled" : worker.pause().isPresent() ? "paused" : "well");
            builder.detail("last-progress", seconds(now.minus(worker.sinceProgress())));
            worker.pause()
                    .ifPresent(
                            pause -> {
                                builder.detail("paused-since", seconds(now.minus(worker.paused())));
                                builder.detail("paused-because", pause.reason());
                            });
            builder.state(stalled ? State.DOWN : State.UP);
        }

        private static String seconds(Instant moment) {
            return moment.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
