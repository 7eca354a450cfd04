package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.cli.check.finding.Findings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Compares our clock with what a host says in its header {@code Date}. */
public final class ClockCheck {

    /** Entra ID refuses signed statements that are further off. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private static final Duration USUAL = Duration.ofSeconds(30);

    private final Findings findings;

    public ClockCheck(Findings findings) {
        this.findings = findings;
    }

    public void compare(String who, HttpProbe.Timed timed) {
        String part = "clock, " + who;
        Instant theirs;
        try {
            theirs =
                    ZonedDateTime.parse(
                                    timed.response().header("Date").orElse(""),
                                    DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            findings.skipped(part, "The answer has no date.");
            return;
        }
        Duration off = off(timed, theirs);
        String text = "our clock is " + off.abs().toSeconds() + " s " + direction(off) + " it";
        String remedy = "Set the clock of this machine right, for example with NTP.";
        if (off.abs().compareTo(TOLERATED) > 0) {
            findings.fault(part, text, remedy);
        } else if (off.abs().compareTo(USUAL) > 0) {
            findings.note(part, text, remedy);
        } else {
            findings.ok(part, text);
        }
    }

    private static String direction(Duration off) {
        return off.isNegative() ? "behind" : "ahead of";
    }

    /** Positive when ours is ahead. The header has whole seconds. */
    private static Duration off(HttpProbe.Timed timed, Instant theirs) {
        if (theirs.isBefore(timed.sent().minusSeconds(1))) {
            return Duration.between(theirs, timed.sent());
        }
        return theirs.isAfter(timed.received())
                ? Duration.between(theirs, timed.received())
                : Duration.ZERO;
    }
}
