package io.github.orderlookup.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts a route that polls when its poll thread does not come back: an {@code Error} between two
 * polls ends the thread of camel-kafka, which reports nothing and keeps the partitions.
 *
 * <p>For one thread, which is not the poll thread.
 */
public final class PollRestart {

    private static final Logger LOG = LoggerFactory.getLogger(PollRestart.class);
    private static final int STOP_SECONDS = 5;

    /** Longer than a poll in which a partition is drained and committed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CamelContext context;
    private final String route;
    private final Supplier<@Nullable TrackingConsumer> consumer;
    private final Duration patience;
    private final Clock clock;
    private @Nullable Instant triedAt;
    private boolean stopped;

    /**
     * @param route the id of the route that polls
     * @param consumer the one that it polls; null before there is any
     * @param clock monotonic
     */
    public PollRestart(
            CamelContext context,
            String route,
            Supplier<@Nullable TrackingConsumer> consumer,
            Clock clock) {
        this(context, route, consumer, PATIENCE, clock);
    }

    /**
     * @param patience how long the thread may take from poll to poll; a restarted route has as long
     */
    PollRestart(
            CamelContext context,
            String route,
            Supplier<@Nullable TrackingConsumer> consumer,
            Duration patience,
            Clock clock) {
        this.context = context;
        this.route = route;
        this.consumer = consumer;
        this.patience = patience;
        this.clock = clock;
    }

    /** Restarts the route if its thread has not polled for longer than its patience. */
    public void check() {
        TrackingConsumer stalled = consumer.get();
        if (stalled == null || stalled.sincePoll().compareTo(patience) < 0 || isTooEarly()) {
            return;
        }
        ServiceStatus status = context.getRouteController().getRouteStatus(route);
        if (context.isStarted() && status != null && (stopped || status.isStarted())) {
            restart(stalled);
        }
    }

    private boolean isTooEarly() {
        return triedAt != null
                && Duration.between(triedAt, clock.instant()).compareTo(patience) < 0;
    }

    private void restart(TrackingConsumer stalled) {
        LOG.error(
                "The poll thread has not come back for {} s: its route is started anew",
                stalled.sincePoll().toSeconds());
        triedAt = clock.instant();
        stopped = true;
        try {
            context.getRouteController().stopRoute(route, STOP_SECONDS, TimeUnit.SECONDS);
            stalled.retire();
            context.getRouteController().startRoute(route);
            stopped = false;
        } catch (Exception e) {
            LOG.error("The route that takes requests could not be started anew", e);
        }
    }
}
