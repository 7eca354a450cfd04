package io.github.orderlookup.main;

import io.github.orderlookup.settings.LogLevel;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Sets how much is logged.
 *
 * <p>More than usual comes from our own packages alone: what Camel, Kafka and the HTTP client say
 * at those levels holds headers and records, and drowns the rest. Less than usual holds for all.
 */
final class LogLevels {

    private static final String OURS = "io.github.orderlookup";

    private LogLevels() {}

    static void apply(LogLevel level) {
        Level meant = Level.valueOf(level.name());
        if (level.compareTo(LogLevel.INFO) > 0) {
            Configurator.setLevel(OURS, meant);
        } else if (level != LogLevel.INFO) {
            Configurator.setRootLevel(meant);
        }
    }
}
