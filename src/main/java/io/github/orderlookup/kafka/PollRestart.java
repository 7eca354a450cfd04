package io.github.orderlookup.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the route that takes requests anew when its poll thread does not come back: an {@code
 * Error} between two polls ends the thread of camel-kafka, which says nothing and keeps the
 * partitions.
 *
 * <p>For one thread, which is not the poll thread.
 */
final class PollRestart {

    private static final Logger LOG = LoggerFactory.getLogger(PollRestart.class);
    private static final String ROUTE = "order-lookup-kafka";
    private static final int STOP_SECONDS = 5;

    /** Longer than a poll in which a partition is drained and committed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final CamelContext context;
    private final Supplier<@Nullable WindowedConsumer> consumer;

    /**
     * @param consumer the one that it polls; null before there is any
     */
    PollRestart(CamelContext context, Supplier<@Nullable WindowedConsumer> consumer) {
        this.context = context;
        this.consumer = consumer;
    }

    /** Starts the route anew if its thread has not come back for longer than it may take. */
    void check() {
        WindowedConsumer stalled = consumer.get();
        if (stalled == null
                || stalled.sincePoll().compareTo(PATIENCE) < 0
                || !context.isStarted()
                || !context.getRouteController().getRouteStatus(ROUTE).isStarted()) {
            return;
        }
        LOG.error(
                "The poll thread has not come back for {} s: its route is started anew",
                stalled.sincePoll().toSeconds());
        try {
            context.getRouteController().stopRoute(ROUTE, STOP_SECONDS, TimeUnit.SECONDS);
            close(stalled);
            context.getRouteController().startRoute(ROUTE);
        } catch (Exception e) {
            LOG.error("The route that takes requests could not be started anew", e);
        }
    }

    /** The thread that ended has not closed its consumer, which still has its partitions. */
    private static void close(WindowedConsumer stalled) {
        try {
            stalled.close(CLOSE_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warn("The consumer of the thread that ended could not be closed", e);
        }
    }
}
