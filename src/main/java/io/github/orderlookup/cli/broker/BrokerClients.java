package io.github.orderlookup.cli.broker;

import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes clients of Kafka that connect as the service does and wait 10 s for an answer. */
public final class BrokerClients {

    /** The whole of a send, with all its retries. */
    private static final int DELIVERY_MS = 30_000;

    private final Properties connection;
    private final String clientId;

    /**
     * @param connection as the service connects
     * @param clientId what the brokers know the clients by
     */
    public BrokerClients(Properties connection, String clientId) {
        this.connection = connection;
        this.clientId = clientId;
    }

    /** The brokers that a client asks first. */
    public String bootstrap() {
        return connection.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /**
     * A client that asks and changes nothing.
     *
     * @throws Refused when the settings make no client
     */
    public Admin admin() throws Refused {
        return create(Map.of(), Admin::create);
    }

    /**
     * A consumer of bytes, of committed transactions alone, that commits nothing by itself, makes
     * no topic, and begins at the beginning where nothing is committed.
     *
     * @throws Refused when the settings make no client
     */
    public Consumer<byte[], byte[]> consumer(String group, int maxPollRecords) throws Refused {
        return create(
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        maxPollRecords,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                properties ->
                        new KafkaConsumer<>(
                                properties,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer()));
    }

    /**
     * An idempotent producer of bytes that waits for all in-sync replicas.
     *
     * @throws Refused when the settings make no client
     */
    public Producer<byte[], byte[]> producer() throws Refused {
        return create(
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        BrokerAnswer.TIMEOUT_MS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        DELIVERY_MS),
                properties ->
                        new KafkaProducer<>(
                                properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private <T> T create(Map<String, Object> options, Function<Properties, T> client)
            throws Refused {
        Properties properties = new Properties();
        properties.putAll(connection);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, BrokerAnswer.TIMEOUT_MS);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, BrokerAnswer.TIMEOUT_MS);
        properties.putAll(options);
        try {
            return client.apply(properties);
        } catch (KafkaException | IllegalArgumentException e) {
            // The message of the cause may quote the login of sasl-jaas-config.
            throw new Refused(
                    Refused.Kind.OTHER,
                    "No client can be made of camel.component.kafka.*: a name, a file, a password"
                            + " or sasl-jaas-config is wrong.",
                    "Check brokers, security-protocol, the sasl-* and the ssl-* options.");
        }
    }
}
