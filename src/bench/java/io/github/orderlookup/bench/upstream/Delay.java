package io.github.orderlookup.bench.upstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the upstream takes for an answer: evenly distributed between two durations.
 *
 * <p>Text form: {@code 50ms}, or {@code 50ms..300ms}.
 */
public record Delay(Duration least, Duration most) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})ms(?:\\.\\.(\\d{1,6})ms)?");

    public static Delay parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A delay is 50ms or 50ms..300ms, not " + text);
        }
        String most = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
        return new Delay(millis(matcher.group(1)), millis(most));
    }

    private static Duration millis(String digits) {
        return Duration.ofMillis(Long.parseLong(digits));
    }

    public Duration mean() {
        return least.plus(most).dividedBy(2);
    }

    /** Answers per second that so many calls under way amount to. */
    public double perSecond(int inFlight) {
        return inFlight * 1000.0 / Math.max(1, mean().toMillis());
    }

    long nextMillis() {
        return ThreadLocalRandom.current().nextLong(least.toMillis(), most.toMillis() + 1);
    }

    String text() {
        return least.equals(most)
                ? least.toMillis() + "ms"
                : least.toMillis() + "ms.." + most.toMillis() + "ms";
    }

    /** For people: {@code 50 ms}, {@code 50-300 ms}. */
    @Override
    public String toString() {
        return (least.equals(most) ? "" : least.toMillis() + "-") + most.toMillis() + " ms";
    }
}
