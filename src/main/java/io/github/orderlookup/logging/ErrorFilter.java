package io.github.orderlookup.logging;

import io.github.orderlookup.supervision.Supervisor;
import java.util.function.Consumer;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.jspecify.annotations.Nullable;

/**
 * Passes every line, and reports those of libraries that caught an error from which the process
 * does not recover: the heap is exhausted, or a thread of the Kafka client has ended by an {@code
 * Error}.
 *
 * <p>Only the throwable is looked at, never the text, which may come from outside. Thread-safe.
 */
final class ErrorFilter extends AbstractFilter {

    /** Logs what has ended a thread of the Kafka client: its producer never comes back. */
    private static final String KAFKA_THREAD = "org.apache.kafka.common.utils.KafkaThread";

    private final Consumer<Throwable> onError;

    ErrorFilter(Consumer<Throwable> onError) {
        super(Result.NEUTRAL, Result.NEUTRAL);
        this.onError = onError;
    }

    @Override
    public Result filter(LogEvent event) {
        Throwable thrown = event.getThrown();
        if (thrown != null) {
            Throwable fatal = fatal(event, thrown);
            if (fatal != null) {
                onError.accept(fatal);
            }
        }
        return Result.NEUTRAL;
    }

    private static @Nullable Throwable fatal(LogEvent event, Throwable thrown) {
        if (thrown instanceof Error && KAFKA_THREAD.equals(event.getLoggerName())) {
            return thrown;
        }
        return Supervisor.fatalCause(thrown);
    }
}
