package io.github.orderlookup.cli.redrive;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What is said while a run lasts: one line that is written over and over, on a terminal alone; and
 * notes on single records, if they are asked for. Not thread-safe.
 */
public final class Progress {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int WIDTH = 70;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean verbose;
    private final Clock clock;
    private Instant next;
    private boolean shown;

    /**
     * @param terminal whether the line is shown
     * @param verbose whether notes are printed
     * @param clock monotonic
     */
    public Progress(PrintStream out, boolean terminal, boolean verbose, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.verbose = verbose;
        this.clock = clock;
        this.next = clock.instant();
    }

    /** Whether the process has a terminal; a console of JDK 22 or later may be none. */
    @SuppressWarnings("SystemConsoleNull") // still null in JDK 17, and a console may be no terminal
    public static boolean hasTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Says how far the run is, twice a second at most. */
    void at(long read, long all, long sent) {
        Instant now = clock.instant();
        if (terminal && !now.isBefore(next)) {
            next = now.plus(INTERVAL);
            write(String.format(Locale.ROOT, "Read %d of %d, sent %d", read, all, sent));
            shown = true;
        }
    }

    /** Says something about a single record. */
    void note(String text) {
        if (verbose) {
            clear();
            out.println(text);
        }
    }

    /** Removes the line. */
    void clear() {
        if (shown) {
            write("");
            shown = false;
        }
    }

    private void write(String line) {
        String blanks = " ".repeat(Math.max(0, WIDTH - line.length()));
        out.print("\r" + line + blanks + (line.isEmpty() ? "\r" : ""));
        out.flush();
    }
}
