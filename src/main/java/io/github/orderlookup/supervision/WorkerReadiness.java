package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready unless a worker is stalled. A worker that is paused is well: why and since when is in the
 * message. Never part of liveness.
 */
final class WorkerReadiness extends AbstractHealthCheck {

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
