package io.github.orderlookup;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Camel's own settings among the environment variables: the options of its Kafka component, and
 * where the health checks are.
 *
 * <p>Camel 4.18 takes neither by itself: it looks for variables of components under a prefix in
 * lower case, and for those of the management server not at all ({@code BaseMainSupport}).
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

    private static String lower(String variable, char separator) {
        return variable.toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
