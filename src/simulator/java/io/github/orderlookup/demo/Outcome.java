package io.github.orderlookup.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request, or should have.
 *
 * @param what {@code found}, or the type of the problem without its prefix
 * @param where the kind of topic, or the HTTP status
 * @param attempts calls that reached Partner Center
 * @param state the headers that say whether the order is settled; null when there are none
 */
record Outcome(String what, String where, int attempts, @Nullable String state) {
    private static final String FOUND = "found";
    private static final String PROBLEM = "urn:order-lookup:problem:";

    static Outcome found(String where, int attempts) {
        return new Outcome(FOUND, where, attempts, null);
    }

    /**
     * @param type the URN of the problem
     */
    static Outcome problem(String type, String where, int attempts) {
        String name = type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
        return new Outcome(name, where, attempts, null);
    }

    Outcome withAttempts(int newAttempts) {
        return new Outcome(what, where, newAttempts, state);
    }

    /**
     * With the headers that a request that waits for its order to settle gets.
     *
     * @param settled {@code true} or {@code false}
     * @param reason in words
     */
    Outcome withState(String settled, String reason) {
        String headers =
                "order-lookup-settled: %s   order-lookup-state: %s".formatted(settled, reason);
        return new Outcome(what, where, attempts, headers);
    }

    boolean isFound() {
        return what.equals(FOUND);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d %s%s",
                what,
                where,
                attempts,
                attempts == 1 ? "attempt" : "attempts",
                state == null ? "" : ", " + state);
    }
}
