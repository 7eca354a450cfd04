package io.github.orderlookup.lookup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Retry-After}: seconds, or a date in one of the three forms of RFC 9110. */
final class RetryAfter {

    /** Nobody waits longer; keeps sums with any clock from overflowing. */
    private static final Duration MAX = Duration.ofDays(365);

    private static final Pattern SECONDS = Pattern.compile("(-?)0*([0-9]+)");

    private RetryAfter() {}

    /** Empty when the header is absent or unreadable; zero when the moment has passed. */
    static Optional<Duration> read(Answer answer, Instant now) {
        return answer.header("Retry-After").map(String::strip).flatMap(text -> parse(text, now));
    }

    private static Optional<Duration> parse(String text, Instant now) {
        var seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            return Optional.of(
                    seconds.group(1).equals("-") ? Duration.ZERO : seconds(seconds.group(2)));
        }
        return formats(now).stream()
                .flatMap(format -> date(text, format).stream())
                .findFirst()
                .map(date -> bounded(Duration.between(now, date)));
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? MAX : bounded(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }

    private static Optional<Instant> date(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * IMF-fixdate, RFC 850 and asctime. The two digits of RFC 850 mean the year of the hundred
     * around now, at most 50 years ahead (RFC 9110, 5.6.7).
     */
    private static List<DateTimeFormatter> formats(Instant now) {
        LocalDate base = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        return List.of(
                format(
                        new DateTimeFormatterBuilder()
                                .appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'")),
                format(
                        new DateTimeFormatterBuilder()
                                .appendPattern("EEEE, dd-MMM-")
                                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                                .appendPattern(" HH:mm:ss 'GMT'")),
                format(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss yyyy")));
    }

    private static DateTimeFormatter format(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.US);
    }
}
