package io.github.orderlookup.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code date-time} of RFC 3339. The parsers of {@code java.time} differ from it in both
 * directions: they take a missing second or a {@code +24:00:00} written otherwise, and refuse a
 * leap second, an offset beyond 18 hours or a tenth digit of a fraction.
 */
public final class Rfc3339 {

    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]"
                            + "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]++))?+"
                            + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");
    private static final int SECONDS_PER_DAY = 86_400;

    private Rfc3339() {}

    public static Optional<Instant> parse(String text) {
        Matcher matcher = DATE_TIME.matcher(text);
        return matcher.matches() ? instant(matcher) : Optional.empty();
    }

    private static Optional<Instant> instant(Matcher m) {
        try {
            boolean leapSecond = "60".equals(m.group(6));
            long local =
                    LocalDateTime.of(
                                    number(m, 1),
                                    number(m, 2),
                                    number(m, 3),
                                    number(m, 4),
                                    number(m, 5),
                                    leapSecond ? 59 : number(m, 6))
                            .toEpochSecond(ZoneOffset.UTC);
            long second = local - offset(m);
            if (!leapSecond) {
                return Optional.of(Instant.ofEpochSecond(second, nanos(m.group(7))));
            }
            // Leap seconds are the last of a day in UTC; ours is the moment after it.
            return Math.floorMod(second, SECONDS_PER_DAY) == SECONDS_PER_DAY - 1
                    ? Optional.of(Instant.ofEpochSecond(second + 1))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int offset(Matcher m) {
        if (m.group(8) == null) {
            return 0;
        }
        int hours = number(m, 9);
        int minutes = number(m, 10);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("Offset beyond a day");
        }
        int seconds = (hours * 60 + minutes) * 60;
        return m.group(8).equals("-") ? -seconds : seconds;
    }

    /** Digits beyond the ninth are cut. */
    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
