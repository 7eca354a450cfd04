package io.github.orderlookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamelSecretsTest {

    private final Map<String, Object> registry = new HashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.kafka.sasl-jaas-config",
                "camel.component.kafka.saslJaasConfig",
                "camel.component.kafka.ssl-key-password",
                "camel.component.kafka.ssl-keystore-password",
                "camel.component.kafka.ssl-truststore-password",
                "camel.component.kafka.configuration.saslJaasConfig",
                "camel.component.kafka.additional-properties.ssl.keystore.key",
                "camel.component.kafka.additionalProperties.sasl.oauthbearer.client.credentials.client.secret"
            })
    void keepsTheValueAndNamesItsPlace(String key) {
        Map<String, String> references = references(Map.of(key, "canary"));

        String reference = references.get(key);
        assertThat(reference).startsWith("#bean:").doesNotContain("canary");
        assertThat(registry.get(reference.substring("#bean:".length()))).isEqualTo("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.kafka.brokers",
                "camel.component.kafka.sasl-mechanism",
                "camel.component.kafka.ssl-keystore-location",
                "partner-center.client-secret",
                "camel.component.other.password"
            })
    void leavesEverythingElseAsItIs(String key) {
        assertThat(references(Map.of(key, "value"))).isEmpty();
        assertThat(registry).isEmpty();
    }

    @Test
    void leavesPlaceholdersToCamel() {
        assertThat(references(Map.of("camel.component.kafka.ssl-key-password", "{{env:X}}")))
                .isEmpty();
    }

    @Test
    void letsTheLastSourceHoldHoweverItSpellsTheKey() {
        Map<String, String> references =
                references(
                        Map.of("camel.component.kafka.sasl-jaas-config", "of the file"),
                        Map.of("camel.component.kafka.saslJaasConfig", "of the environment"));

        assertThat(references).hasSize(2);
        assertThat(references.values()).containsOnly(references.values().iterator().next());
        assertThat(registry.values()).containsExactly("of the environment");
    }

    @Test
    void readsAFileThatIsThereAndNoneThatIsNot(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("x.properties"), "a=b\nc: d\n");

        assertThat(CamelSecrets.of(file)).containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
        assertThat(CamelSecrets.of(directory.resolve("none"))).isEmpty();
    }

    @SafeVarargs
    private Map<String, String> references(Map<String, String>... sources) {
        return CamelSecrets.references(registry::put, List.of(sources));
    }
}
