package io.github.orderlookup.settings;

import io.github.orderlookup.settings.SettingsException.Fault;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keys that begin like ours but are none: mistyped, most likely. */
final class UnknownKeys {
    private static final List<String> PREFIXES = List.of("partner-center.", "order-lookup.");
    private static final Set<String> KNOWN =
            Arrays.stream(Key.values()).map(Key::text).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> KNOWN_VARIABLES =
            KNOWN.stream().map(UnknownKeys::variable).collect(Collectors.toUnmodifiableSet());

    /** What Kubernetes tells each container about a service that is named like us. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT(?:_[0-9]+_.+)?)");

    private UnknownKeys() {}

    static List<Fault> among(Collection<String> keys) {
        return keys.stream()
                .filter(key -> PREFIXES.stream().anyMatch(key::startsWith))
                .filter(key -> !KNOWN.contains(key))
                .distinct()
                .sorted()
                .map(key -> fault(key, nearest(key, KNOWN)))
                .toList();
    }

    /** As {@link #among}, of environment variables. */
    static List<Fault> amongVariables(Collection<String> variables) {
        return variables.stream()
                .filter(
                        name ->
                                PREFIXES.stream()
                                        .map(UnknownKeys::variable)
                                        .anyMatch(name::startsWith))
                .filter(name -> !KNOWN_VARIABLES.contains(name))
                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                .sorted()
                .map(name -> fault(name, nearest(name, KNOWN_VARIABLES)))
                .toList();
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Fault fault(String key, String nearest) {
        return new Fault(
                Quoted.escaped(key),
                "is no setting; did you mean " + nearest + "?",
                "the keys of the documentation");
    }

    private static String nearest(String key, Set<String> known) {
        return known.stream()
                .min(
                        Comparator.comparingInt((String candidate) -> distance(key, candidate))
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
