package io.github.orderlookup;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Camel's own settings among the environment variables: the options of its Kafka component, and
 * where the health checks are.
 *
 * <p>Camel 4.18 takes neither by itself: it looks for variables of components under a prefix in
 * lower case, and passes over every name that ends in {@code _PORT} ({@code MainHelper}). What it
 * takes, it takes after system properties have had their say.
 */
final class CamelEnvironment {

    private static final String KAFKA = "CAMEL_COMPONENT_KAFKA_";
    private static final Set<String> MANAGEMENT =
            Set.of("CAMEL_MANAGEMENT_HOST", "CAMEL_MANAGEMENT_PORT");

    private CamelEnvironment() {}

    /** Key to value of the settings that the variables give. */
    static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>();
        environment.forEach(
                (variable, value) -> {
                    if (variable.startsWith(KAFKA) && variable.length() > KAFKA.length()) {
                        String option = variable.substring(KAFKA.length());
                        settings.put("camel.component.kafka." + lower(option, '-'), value);
                    } else if (MANAGEMENT.contains(variable)) {
                        settings.put(lower(variable, '.'), value);
                    }
                });
        return settings;
    }

    /** Removes the system properties of these keys: Camel would prefer them. */
    static void outrank(Set<String> keys, Properties system) {
        Set<String> taken = keys.stream().map(CamelEnvironment::bare).collect(Collectors.toSet());
        system.stringPropertyNames().stream()
                .filter(name -> taken.contains(bare(name)))
                .forEach(system::remove);
    }

    /** Camel takes {@code saslMechanism} and {@code sasl-mechanism} for the same. */
    private static String bare(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static String lower(String variable, char separator) {
        return variable.toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
