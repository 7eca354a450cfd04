package io.github.orderlookup.camel;

import java.util.Properties;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;

/** How Camel's Kafka component connects, in the terms of Kafka's own clients. */
public final class KafkaConnection {

    private KafkaConnection() {}

    /** Brokers, TLS and SASL, and nothing that belongs to consumers alone. */
    public static Properties of(KafkaConfiguration configuration) {
        Properties properties = new Properties();
        configuration
                .createConsumerProperties()
                .forEach(
                        (key, value) -> {
                            String name = key.toString();
                            if (name.startsWith("ssl.")
                                    || name.startsWith("sasl.")
                                    || name.startsWith("security.")) {
                                properties.put(name, value);
                            }
                        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return properties;
    }
}
