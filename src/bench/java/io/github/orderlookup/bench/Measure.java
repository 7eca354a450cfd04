package io.github.orderlookup.bench;

/** A figure that a run yields. */
enum Measure {
    RATE("lookups/s", "%,.0f"),
    CPU("CPU-s per 1,000", "%.3f"),
    P50("p50 ms", "%.1f"),
    P99("p99 ms", "%.1f"),
    PEAK_RSS("peak RSS MiB", "%,.0f");

    private final String title;
    private final String format;

    Measure(String title, String format) {
        this.title = title;
        this.format = format;
    }

    String title() {
        return title;
    }

    String text(double value) {
        return Double.isNaN(value) ? "" : format.formatted(value);
    }
}
