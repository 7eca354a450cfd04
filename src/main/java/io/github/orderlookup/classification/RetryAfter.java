package io.github.orderlookup.classification;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}, of the API and of the login host: seconds, also with a fraction, or a
 * date in one of the three forms of RFC 9110. Of several values the longest wait counts; what is no
 * value is passed over. Pure.
 */
public final class RetryAfter {

    /** The longest wait; keeps sums with any clock from overflowing. */
    private static final Duration MAX = Duration.ofDays(365);

    /** More than any real header holds. */
    private static final int LONGEST_VALUE = 1024;

    private static final Pattern SECONDS = Pattern.compile("0*+([0-9]*+)(\\.[0-9]*+)?");
    private static final Pattern WEEKDAY = Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*");

    private RetryAfter() {}

    /** Empty when the header is absent or unreadable; zero when the moment has passed. */
    static Optional<Duration> read(UpstreamResponse response, Instant now) {
        return read(
                response.headers().entrySet().stream()
                        .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
                        .flatMap(header -> header.getValue().stream())
                        .toList(),
                now);
    }

    /**
     * The longest wait that the values ask for.
     *
     * @param values those of all lines of the header; each may be a list
     * @param now by the wall clock, to which a date is compared
     * @return empty when there is none that can be read; zero when the moment has passed
     */
    public static Optional<Duration> read(List<String> values, Instant now) {
        return values.stream()
                .flatMap(line -> parts(line).stream())
                .flatMap(value -> parse(value, now).stream())
                .max(Comparator.naturalOrder());
    }

    /** The values of one line; a comma after a weekday belongs to the date. */
    private static List<String> parts(String line) {
        List<String> parts = new ArrayList<>();
        String day = "";
        for (String part : line.length() > LONGEST_VALUE ? new String[0] : line.split(",", -1)) {
            String text = part.strip();
            if (WEEKDAY.matcher(text).matches()) {
                day = text + ", ";
            } else {
                parts.add(day + text);
                day = "";
            }
        }
        return parts;
    }

    private static Optional<Duration> parse(String text, Instant now) {
        var seconds = SECONDS.matcher(text);
        if (!text.isEmpty() && !text.equals(".") && seconds.matches()) {
            return Optional.of(seconds(seconds.group(1), seconds.group(2)));
        }
        return formats(now).stream()
                .flatMap(format -> date(text, format).stream())
                .findFirst()
                .map(date -> bounded(Duration.between(now, date)));
    }

    /** A part of a second is waited for as a whole one. */
    private static Duration seconds(String digits, @Nullable String fraction) {
        if (digits.length() > 9) {
            return MAX;
        }
        boolean more = fraction != null && fraction.chars().anyMatch(c -> c >= '1' && c <= '9');
        long whole = digits.isEmpty() ? 0 : Long.parseLong(digits);
        return bounded(Duration.ofSeconds(more ? whole + 1 : whole));
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
