package io.github.orderlookup.settings;

/** How much our own main logs, from the least to the most. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
