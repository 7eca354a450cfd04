package io.github.orderlookup.logging;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What our own main adds to the log, whichever configuration it has: a limit for lines that repeat,
 * and an eye on errors that a library logs and goes on.
 */
public final class ServiceLog {

    private final RepeatFilter repeats;
    private final ErrorFilter errors;
    private final AtomicReference<@Nullable Configuration> filtered = new AtomicReference<>();

    /**
     * @param clock monotonic
     * @param onError gets errors that the process does not recover from
     */
    public ServiceLog(Clock clock, Consumer<Throwable> onError) {
        this.repeats = new RepeatFilter(clock);
        this.errors = new ErrorFilter(onError);
    }

    /**
     * Adds the filters, now and whenever the configuration is read again; to Log4j alone, not to
     * another SLF4J provider in its place.
     */
    public void install() {
        if (LogManager.getContext(false) instanceof LoggerContext core) {
            install(core);
        }
    }

    void install(LoggerContext context) {
        context.addPropertyChangeListener(
                change -> {
                    if (LoggerContext.PROPERTY_CONFIG.equals(change.getPropertyName())) {
                        filter((Configuration) change.getNewValue());
                    }
                });
        filter(context.getConfiguration());
        context.updateLoggers();
    }

    /**
     * Every line passes by the root logger, unless its logger is not additive. Log4j announces a
     * configuration more than once, and a line must pass each filter once.
     */
    private void filter(Configuration configuration) {
        if (filtered.getAndSet(configuration) == configuration) {
            return;
        }
        configuration.getRootLogger().addFilter(errors);
        configuration.getRootLogger().addFilter(repeats);
    }

    /** Says of each line that was held back how often; for a timer. */
    public void sayWhatRepeats() {
        repeats.report();
    }
}
