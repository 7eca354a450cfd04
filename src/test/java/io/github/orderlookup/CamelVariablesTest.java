package io.github.orderlookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CamelVariablesTest {

    @Test
    void namesTheKeysThatTheEnvironmentSets() {
        Map<String, String> keys =
                CamelVariables.takeOver(
                        Map.of(
                                "CAMEL_COMPONENT_KAFKA_BROKERS", "broker:9092",
                                "CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "PLAIN",
                                "CAMEL_MANAGEMENT_PORT", "9999",
                                "CAMEL_MAIN_NAME", "of-somebody-else"),
                        new Properties());

        assertThat(keys)
                .containsOnly(
                        Map.entry("camel.component.kafka.brokers", "broker:9092"),
                        Map.entry("camel.component.kafka.sasl-mechanism", "PLAIN"),
                        Map.entry("camel.management.port", "9999"));
    }

    @Test
    void takesAwayWhatSystemPropertiesSaidOfTheSameKeys() {
        Properties system = new Properties();
        system.setProperty("camel.component.kafka.saslMechanism", "SCRAM-SHA-512");
        system.setProperty("camel.component.kafka.brokers", "broker:9092");

        CamelVariables.takeOver(Map.of("CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "PLAIN"), system);

        assertThat(system).containsOnlyKeys("camel.component.kafka.brokers");
    }
}
