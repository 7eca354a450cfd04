package io.github.orderlookup.cli;

import io.github.orderlookup.camel.KafkaConnection;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Placeholders;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaConfiguration;

/**
 * An application without Camel, for checks in the JVM of the test. It makes no lookups.
 *
 * @param texts the settings by their keys; of those of the Kafka component it knows some
 */
public record SettingsAsTexts(Map<String, String> texts) implements Application {
    private static final String KAFKA = "camel.component.kafka.";

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Settings settings() {
        return SettingsReader.read(
                key -> Optional.ofNullable(texts.get(key)), Placeholders.NONE, false);
    }

    @Override
    public Settings settingsForSignIn() {
        return settings();
    }

    @Override
    public Properties kafkaConnection() {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setBrokers(texts.get(KAFKA + "brokers"));
        if (texts.containsKey(KAFKA + "security-protocol")) {
            configuration.setSecurityProtocol(texts.get(KAFKA + "security-protocol"));
            configuration.setSaslMechanism(texts.get(KAFKA + "sasl-mechanism"));
            configuration.setSaslJaasConfig(texts.get(KAFKA + "sasl-jaas-config"));
        }
        return KafkaConnection.of(configuration);
    }

    @Override
    public Order lookUp(OrderLookupRequest request) {
        throw new UnsupportedOperationException();
    }
}
