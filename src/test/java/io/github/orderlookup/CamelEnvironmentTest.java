package io.github.orderlookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CamelEnvironmentTest {

    @Test
    void findsTheOptionsOfTheKafkaComponent() {
        Map<String, String> settings =
                CamelEnvironment.settings(
                        Map.of(
                                "CAMEL_COMPONENT_KAFKA_BROKERS", "kafka:9092",
                                "CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", "a=b;"));

        assertThat(settings)
                .containsOnly(
                        Map.entry("camel.component.kafka.brokers", "kafka:9092"),
                        Map.entry("camel.component.kafka.sasl-jaas-config", "a=b;"));
    }

    @Test
    void findsWhereTheHealthChecksAre() {
        Map<String, String> settings =
                CamelEnvironment.settings(
                        Map.of("CAMEL_MANAGEMENT_HOST", "0.0.0.0", "CAMEL_MANAGEMENT_PORT", "81"));

        assertThat(settings)
                .containsOnly(
                        Map.entry("camel.management.host", "0.0.0.0"),
                        Map.entry("camel.management.port", "81"));
    }

    @Test
    void leavesEveryOtherVariableAlone() {
        Map<String, String> settings =
                CamelEnvironment.settings(
                        Map.of(
                                "CAMEL_COMPONENT_KAFKA_", "a",
                                "CAMEL_COMPONENT_KAFKACONNECT_BROKERS", "b",
                                "CAMEL_MANAGEMENT_PORT_80_TCP", "tcp://10.0.0.1:80",
                                "KAFKA_BROKERS", "c",
                                "PATH", "d"));

        assertThat(settings).isEmpty();
    }

    @Test
    void takesAwayWhatSystemPropertiesSayOfTheSameKeys() {
        Properties system = new Properties();
        system.setProperty("camel.component.kafka.saslMechanism", "SCRAM-SHA-512");
        system.setProperty("camel.component.kafka.brokers", "kafka:9092");

        CamelEnvironment.outrank(Set.of("camel.component.kafka.sasl-mechanism"), system);

        assertThat(system).containsOnlyKeys("camel.component.kafka.brokers");
    }
}
