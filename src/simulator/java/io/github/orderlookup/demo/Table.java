package io.github.orderlookup.demo;

import java.time.Duration;
import java.util.Locale;

/** Writes the requests and their outcomes as lines of a table that fits 100 columns. */
final class Table {
    private static final String ROW = "  %-11s  %-30s  %-15s  %-13s  %7s  %8s";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colour;

    /**
     * @param colour whether it is read on a terminal
     */
    Table(boolean colour) {
        this.colour = colour;
    }

    String header() {
        return in(
                BOLD,
                line("source", "request", "outcome", "where", "time", "attempts").stripTrailing());
    }

    /**
     * The line of a request; a second one has the state of its order if that was asked for, and one
     * more says what should have come when it did not.
     */
    String row(Example example, Outcome outcome, Duration took) {
        String line =
                line(
                        example.source().text(),
                        example.words(),
                        outcome.what(),
                        outcome.where(),
                        took.toMillis() + " ms",
                        Integer.toString(outcome.attempts()));
        String state = outcome.state() == null ? "" : "\n    " + outcome.state();
        return outcome.equals(example.expected())
                ? line + "  " + in(GREEN, "ok") + state
                : in(RED, line + "  WRONG" + state) + "\n" + expected(example);
    }

    /** The last line, after so many requests. */
    String summary(int asked, int wrong) {
        return wrong == 0
                ? in(GREEN, "  All " + asked + " outcomes are as expected.")
                : in(RED, "  " + wrong + " of " + asked + " outcomes are not as expected.");
    }

    /** A headline in the text around the table. */
    String title(String text) {
        return in(BOLD, text);
    }

    private String expected(Example example) {
        return in(RED, "               expected: " + example.expected());
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, ROW, (Object[]) cells);
    }

    private String in(String style, String text) {
        return colour ? style + text + PLAIN : text;
    }
}
