package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.text.Quoted;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that begin like ours, or are nearly ours, but are none: mistyped, most likely. */
final class UnknownKeys {
    private static final List<String> PREFIXES = List.of("partner-center.", "order-lookup.");
    private static final Set<String> KNOWN =
            Arrays.stream(Key.values()).map(Key::text).collect(Collectors.toUnmodifiableSet());

    private static final List<String> VARIABLE_PREFIXES =
            PREFIXES.stream().map(Names::variable).toList();
    private static final Set<String> KNOWN_VARIABLES =
            KNOWN.stream().map(Names::variable).collect(Collectors.toUnmodifiableSet());
    private static final String KEYS = "the keys of the documentation";

    private UnknownKeys() {}

    /** The errors among keys of a file or of system properties. */
    static List<SettingError> among(Collection<String> keys) {
        return keys.stream().distinct().sorted().flatMap(key -> error(key).stream()).toList();
    }

    /** As {@link #among}, of environment variables. */
    static List<SettingError> amongVariables(Collection<String> variables) {
        return variables.stream()
                .sorted()
                .flatMap(variable -> errorOfVariable(variable).stream())
                .toList();
    }

    private static Optional<SettingError> error(String key) {
        if (KNOWN.contains(key) || key.toLowerCase(Locale.ROOT).startsWith("camel.")) {
            return Optional.empty();
        }
        if (!beginsLikeOurs(key) && KNOWN.stream().noneMatch(known -> Names.areAlike(key, known))) {
            return Optional.empty(); // such as the many properties of the JVM
        }
        String nearest = Names.nearest(key, KNOWN).orElseThrow();
        if (Names.variable(nearest).equals(key)) {
            return Optional.of(
                    new SettingError(
                            key,
                            "is the name of an environment variable; did you mean " + nearest + "?",
                            KEYS));
        }
        return beginsLikeOurs(key) || Names.areAlike(key, nearest)
                ? Optional.of(unknown(key, nearest))
                : Optional.empty();
    }

    private static Optional<SettingError> errorOfVariable(String variable) {
        return beginsLikeOurs(variable) && !KNOWN_VARIABLES.contains(variable)
                ? Optional.of(
                        unknown(variable, Names.nearest(variable, KNOWN_VARIABLES).orElseThrow()))
                : Optional.empty();
    }

    private static boolean beginsLikeOurs(String name) {
        String variable = Names.variable(name);
        return VARIABLE_PREFIXES.stream().anyMatch(variable::startsWith);
    }

    private static SettingError unknown(String key, String nearest) {
        return new SettingError(
                Quoted.escaped(key), "is no setting; did you mean " + nearest + "?", KEYS);
    }
}
