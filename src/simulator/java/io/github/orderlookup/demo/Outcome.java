package io.github.orderlookup.demo;

import java.util.Locale;

/**
 * What came of a request, or should have.
 *
 * @param what {@code found}, or the type of the problem without its prefix
 * @param where the kind of topic, or the HTTP status
 * @param attempts calls that reached Partner Center
 */
record Outcome(String what, String where, int attempts) {
    private static final String FOUND = "found";
    private static final String PROBLEM = "urn:order-lookup:problem:";

    static Outcome found(String where, int attempts) {
        return new Outcome(FOUND, where, attempts);
    }

    /**
     * @param type the URN of the problem
     */
    static Outcome problem(String type, String where, int attempts) {
        String name = type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
        return new Outcome(name, where, attempts);
    }

    Outcome withAttempts(int newAttempts) {
        return new Outcome(what, where, newAttempts);
    }

    boolean isFound() {
        return what.equals(FOUND);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d %s",
                what,
                where,
                attempts,
                attempts == 1 ? "attempt" : "attempts");
    }
}
