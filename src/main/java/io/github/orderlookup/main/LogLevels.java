package io.github.orderlookup.main;

import io.github.orderlookup.settings.LogLevel;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Applies {@code order-lookup.log-level}: levels above {@code info} to our own packages alone,
 * since Camel, Kafka and the HTTP client log headers and records there; levels below it to all
 * loggers.
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
