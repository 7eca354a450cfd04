package io.github.orderlookup.supervision;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: seconds below two minutes, minutes below two hours, hours above. */
final class Words {

    private static final long SHORT = 120;

    private Words() {}

    static String of(Duration duration) {
        if (duration.toSeconds() < SHORT) {
            return String.format(Locale.ROOT, "%d s", duration.toSeconds());
        }
        return duration.toMinutes() < SHORT
                ? String.format(Locale.ROOT, "%d min", duration.toMinutes())
                : String.format(Locale.ROOT, "%d h", duration.toHours());
    }
}
