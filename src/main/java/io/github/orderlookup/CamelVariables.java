package io.github.orderlookup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Lets environment variables set keys of Camel's own, over system properties and files.
 *
 * <p>Camel Main does so for some keys only: it skips every variable that ends in {@code _PORT},
 * meets none of a component (4.18.2 compares their names in another case), and has system
 * properties win.
 */
final class CamelVariables {

    private static final List<String> PREFIXES =
            List.of("camel.component.kafka.", "camel.management.");

    private CamelVariables() {}

    /**
     * The keys that the environment sets. System properties of the same keys are taken away, as
     * they would win.
     */
    static Map<String, String> takeOver(Map<String, String> environment, Properties system) {
        Map<String, String> keys = new TreeMap<>();
        for (String prefix : PREFIXES) {
            environment.forEach(
                    (variable, value) -> {
                        if (variable.startsWith(variable(prefix))) {
                            keys.put(prefix + option(variable.substring(prefix.length())), value);
                        }
                    });
        }
        for (String name : system.stringPropertyNames()) {
            if (keys.keySet().stream().anyMatch(key -> bare(key).equals(bare(name)))) {
                system.remove(name);
            }
        }
        return keys;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String option(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Camel takes {@code saslMechanism} and {@code sasl-mechanism} for the same. */
    private static String bare(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
