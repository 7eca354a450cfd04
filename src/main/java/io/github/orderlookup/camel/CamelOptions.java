package io.github.orderlookup.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.util.StringHelper;

/** The options of Camel Main and of its Kafka component, from the catalogues within their jars. */
final class CamelOptions {

    static final String KAFKA = "camel.component.kafka.";
    static final String MAIN = "camel.main.";
    static final String MANAGEMENT = "camel.management.";

    private static final String MAIN_CATALOGUE = "META-INF/camel-main-configuration-metadata.json";
    private static final String KAFKA_CATALOGUE =
            "META-INF/org/apache/camel/component/kafka/kafka.json";

    /** Groups whose keys are names of the user's own. */
    private static final Set<String> FREE =
            Set.of(
                    "camel.beans",
                    "camel.dataformat",
                    "camel.language",
                    "camel.routetemplate",
                    "camel.threads",
                    "camel.variable",
                    "camel.vault");

    private final Map<String, Option> options = new HashMap<>();
    private final Set<String> groups = new HashSet<>();

    /**
     * One setting.
     *
     * @param key as Camel spells it, with capitals
     * @param type in words of the catalogue: boolean, integer, duration, string, ...
     */
    record Option(String key, String type, boolean secret) {

        /** The key as people write it, with hyphens. */
        String hyphened() {
            int dot = key.lastIndexOf('.');
            return key.substring(0, dot + 1) + StringHelper.camelCaseToDash(key.substring(dot + 1));
        }

        boolean isSpelled(String spelled) {
            return spelled.equals(key) || spelled.equals(hyphened());
        }
    }

    CamelOptions() {
        JsonNode main = catalogue(MAIN_CATALOGUE);
        main.path("groups").forEach(group -> groups.add(bare(group.path("name").asText())));
        main.path("properties").forEach(option -> add(option.path("name").asText(), option));
        catalogue(KAFKA_CATALOGUE)
                .path("componentProperties")
                .properties()
                .forEach(option -> add(KAFKA + option.getKey(), option.getValue()));
    }

    /** The option of a key in lower case and without hyphens. */
    Optional<Option> find(String bare) {
        return Optional.ofNullable(options.get(bare));
    }

    /** Whether a key is of a group of which the catalogues have no list: Camel checks it. */
    boolean isLeftToCamel(String bare) {
        return FREE.stream().anyMatch(group -> bare.startsWith(group + "."))
                || (bare.startsWith("camel.component.") && !bare.startsWith(KAFKA))
                || (bare.indexOf('[') > 0 && isOfGroup(bare))
                || isWithinAnother(bare);
    }

    Collection<String> keys() {
        return options.values().stream().map(Option::hyphened).toList();
    }

    private boolean isOfGroup(String bare) {
        return groups.stream().anyMatch(group -> bare.startsWith(group + "."));
    }

    /** A key such as {@code camel.main.global-options.name}. */
    private boolean isWithinAnother(String bare) {
        return List.of("object", "map").stream()
                .anyMatch(
                        type ->
                                options.entrySet().stream()
                                        .filter(known -> known.getValue().type().equals(type))
                                        .anyMatch(
                                                known ->
                                                        bare.startsWith(known.getKey() + ".")
                                                                && !bare.startsWith(KAFKA)));
    }

    private void add(String key, JsonNode option) {
        String type = option.path("type").asText();
        options.put(bare(key), new Option(key, type, option.path("secret").asBoolean()));
    }

    private static String bare(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static JsonNode catalogue(String name) {
        try (InputStream file = CamelOptions.class.getClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing on the class path");
            }
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
