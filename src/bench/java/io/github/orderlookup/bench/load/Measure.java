package io.github.orderlookup.bench.load;

/** A figure that a run yields. */
public enum Measure {
    /** What a system gets through. */
    RATE("lookups/s", "%,.0f"),
    /** What it is given, where that is chosen. */
    OFFERED("requests/s", "%,.0f"),
    CPU("CPU-s per 1,000", "%.3f"),
    P50("p50 ms", "%.1f"),
    P99("p99 ms", "%.1f"),

    /** Of the first 1,000 lookups of a process. */
    P99_FIRST("p99 ms, first 1,000", "%.1f"),

    PEAK_RSS("peak RSS MiB", "%,.0f"),

    /** What is reachable while lookups are under way. */
    LIVE_HEAP("live heap MiB", "%,.1f"),

    /** From the start of the process until its management port says that it is ready. */
    READY("ready s", "%.2f"),

    /** From the start of the process until the outcome of a request that was there before. */
    FIRST("first outcome s", "%.2f"),

    /** Used until then. */
    START_CPU("CPU-s until then", "%.2f"),

    REST_RSS("RSS at rest MiB", "%,.0f"),

    /**
     * From the start of the process until the outcome of the last request that was there before.
     */
    LAST("last outcome s", "%.2f"),

    /** For how long the circuit breaker was seen open. */
    BREAKER_OPEN("breaker open s", "%.1f"),

    /** Of what can be reached in theory. */
    SHARE("share", "%.3f"),

    /** Requests that the upstream refused as too many. */
    REFUSED("refused", "%,.0f");

    private final String title;
    private final String format;

    Measure(String title, String format) {
        this.title = title;
        this.format = format;
    }

    public String title() {
        return title;
    }

    public String text(double value) {
        return Double.isNaN(value) ? "" : format.formatted(value);
    }
}
