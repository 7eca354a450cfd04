package io.github.orderlookup.settings;

import io.github.orderlookup.settings.SettingsException.Fault;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that begin like ours but are none. */
final class UnknownKeys {
    private static final List<String> PREFIXES = List.of("partner-center.", "order-lookup.");
    private static final Set<String> KNOWN =
            Arrays.stream(Key.values()).map(Key::text).collect(Collectors.toUnmodifiableSet());

    private UnknownKeys() {}

    static List<Fault> among(Collection<String> keys) {
        return keys.stream()
                .filter(key -> PREFIXES.stream().anyMatch(key::startsWith) && !KNOWN.contains(key))
                .distinct()
                .sorted()
                .map(UnknownKeys::fault)
                .toList();
    }

    private static Fault fault(String key) {
        return new Fault(
                Quoted.escaped(key),
                "is no setting; did you mean " + nearest(key) + "?",
                "the keys of the documentation");
    }

    private static String nearest(String key) {
        return KNOWN.stream()
                .min(
                        Comparator.comparingInt((String known) -> distance(key, known))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
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
