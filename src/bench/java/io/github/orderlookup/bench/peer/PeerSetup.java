package io.github.orderlookup.bench.peer;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of every peer, as system properties, and plain Kafka clients by them. */
record PeerSetup(
        String brokers,
        String requests,
        String results,
        String group,
        URI upstream,
        int inFlight,
        String linger,
        boolean verifies) {

    static PeerSetup ofThisJvm() {
        return new PeerSetup(
                System.getProperty("peer.brokers"),
                System.getProperty("peer.requests"),
                System.getProperty("peer.results"),
                System.getProperty("peer.group"),
                URI.create(System.getProperty("peer.upstream")),
                Integer.getInteger("peer.in-flight"),
                System.getProperty("peer.linger"),
                Boolean.getBoolean("peer.verifies"));
    }

    /** A consumer that begins with the oldest record and leaves commits to the peer. */
    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Map<String, Object> consumerSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false");
    }

    /** A producer that waits for all replicas and sends Orders of up to 20 MiB. */
    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Map<String, Object> producerSettings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                linger,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                "20971520");
    }
}
