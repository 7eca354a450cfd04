package io.github.orderlookup.settings.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Compares names of settings, for hints in messages. */
public final class Names {
    private Names() {}

    /** The nearest of the known names; empty when there is none at all. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String bare = bare(name);
        return known.stream()
                .min(
                        Comparator.comparingInt(
                                        (String candidate) -> distance(bare, bare(candidate)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Whether one is the other mistyped: in another case, with other separators, or nearly. */
    public static boolean areAlike(String left, String right) {
        int most = Math.max(1, Math.min(3, right.length() / 6));
        if (Math.abs(left.length() - right.length()) > most + 4) {
            return false;
        }
        String bareLeft = bare(left);
        String bareRight = bare(right);
        return Math.abs(bareLeft.length() - bareRight.length()) <= most
                && distance(bareLeft, bareRight) <= most;
    }

    /** The name of the environment variable that stands for a key. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("-", "")
                .replace("_", "")
                .replace(".", "")
                .replace(" ", "");
    }

    /** How many characters must be put in, taken out or replaced (Levenshtein). */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                Math.min(current[j - 1], previous[j]) + 1,
                                previous[j - 1] + replaced);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
