package io.github.orderlookup.bench.report;

/**
 * Something to be shown, and what was measured on one JDK.
 *
 * @param what a ratio within one run, unless it names its unit
 * @param wanted the bound: {@code ≥ 0.9}
 */
record Promise(String what, String wanted, double measured, boolean met) {

    static Promise atLeast(String what, double measured, double bound) {
        return new Promise(what, "≥ " + bound, measured, measured >= bound);
    }

    static Promise atMost(String what, double measured, double bound) {
        return new Promise(what, "≤ " + bound, measured, measured <= bound);
    }

    /** The first two columns of its row. */
    String row() {
        return what + " | " + wanted;
    }

    String verdict() {
        return "%.2f %s".formatted(measured, met ? "met" : "**missed**");
    }
}
