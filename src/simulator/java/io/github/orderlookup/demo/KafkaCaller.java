package io.github.orderlookup.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.demo.Example.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks over Kafka and reads what comes on the results, errors and reply topics. For one thread. */
final class KafkaCaller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String CORRELATION_ID = "MS-CorrelationId";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TopicClient client;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Arrived> arrived = new HashMap<>();

    /**
     * An outcome that has come.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    record Arrived(Outcome outcome, long nanos) {}

    KafkaCaller(String brokers) {
        client = new TopicClient(brokers);
        consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                List.of(Topics.RESULTS, Topics.ERRORS, Topics.REPLIES).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Sends the request and waits for its outcome. */
    Outcome ask(Example example, String correlationId) throws IOException {
        send(example, correlationId);
        return await(correlationId).outcome();
    }

    /** Sends the request. */
    void send(Example example, String correlationId) {
        List<Header> headers = new ArrayList<>();
        headers.add(TopicClient.header(CORRELATION_ID, correlationId));
        if (example.source() == Source.REPLY) {
            headers.add(TopicClient.header("kafka_replyTopic", Topics.REPLIES));
        }
        client.send(Topics.REQUESTS, null, example.request(), headers.toArray(Header[]::new));
    }

    /** Waits for the outcome that carries the correlation id. */
    Arrived await(String correlationId) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!arrived.containsKey(correlationId) && Instant.now().isBefore(end)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                arrived.putIfAbsent(
                        text(record, CORRELATION_ID),
                        new Arrived(outcome(record), System.nanoTime()));
            }
        }
        return arrived.getOrDefault(correlationId, nothing());
    }

    private static Arrived nothing() {
        Outcome outcome = new Outcome("nothing came", PATIENCE.toSeconds() + " s", 0, null);
        return new Arrived(outcome, System.nanoTime());
    }

    private static Outcome outcome(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String where = Topics.kind(record.topic());
        if (!text(record, "ce_type").equals("order-lookup.found.v1")) {
            String type = JSON.readTree(record.value()).path("type").asText();
            return Outcome.problem(type, where, 0);
        }
        Outcome found = Outcome.found(where, 0);
        String settled = text(record, "order-lookup-settled");
        return settled.isEmpty()
                ? found
                : found.withState(settled, text(record, "order-lookup-state"));
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return TopicClient.headerText(record, header).orElse("");
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
        client.close();
    }
}
