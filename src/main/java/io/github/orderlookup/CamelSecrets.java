package io.github.orderlookup;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Keeps the secrets among Camel's own settings out of its log: passwords and keys of the Kafka
 * component.
 *
 * <p>At its debug level Camel Main logs every setting that it reads, several times. So it gets a
 * reference, and the value lies in its registry, which it reads without a word. A value that holds
 * placeholders stays with Camel, which alone can resolve them.
 */
final class CamelSecrets {

    private static final Pattern SECRET =
            Pattern.compile(
                    "camel\\.component\\.kafka\\..*"
                            + "(?:jaas|password|passphrase|secret|token|credential|keystore\\.?key).*");
    private static final String BEAN = "order-lookup-secret-of-";

    private CamelSecrets() {}

    /**
     * Settings that take the place of those that hold secrets.
     *
     * @param sources the settings as they are configured; of two that name the same option, the
     *     later one holds
     * @param registry where the values go
     * @return key, as it is spelled in a source, to reference
     */
    static Map<String, String> references(
            BiConsumer<String, Object> registry, Iterable<Map<String, String>> sources) {
        Map<String, String> references = new HashMap<>();
        for (Map<String, String> source : sources) {
            source.forEach(
                    (key, value) -> {
                        String option = bare(key);
                        if (SECRET.matcher(option).matches()
                                && !value.contains(PropertiesComponent.PREFIX_TOKEN)) {
                            registry.accept(BEAN + option, value);
                            references.put(key, "#bean:" + BEAN + option);
                        }
                    });
        }
        return references;
    }

    /** What a properties file says; nothing when it is not there or cannot be read. */
    static Map<String, String> of(Path file) {
        Properties properties = new Properties();
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                // Camel reads it again and says what is wrong with it.
                return Map.of();
            }
        }
        return of(properties);
    }

    static Map<String, String> of(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    /** Camel takes {@code saslJaasConfig} and {@code sasl-jaas-config} for the same. */
    private static String bare(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
