package io.github.orderlookup.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.demo.Example.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Sends the request and waits for the outcome that carries the correlation id. */
    Outcome ask(Example example, String correlationId) throws IOException {
        List<Header> headers = new ArrayList<>();
        headers.add(TopicClient.header(CORRELATION_ID, correlationId));
        if (example.source() == Source.REPLY) {
            headers.add(TopicClient.header("kafka_replyTopic", Topics.REPLIES));
        }
        client.send(Topics.REQUESTS, null, example.request(), headers.toArray(Header[]::new));
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (text(record, CORRELATION_ID).equals(correlationId)) {
                    return outcome(record);
                }
            }
        }
        return new Outcome("nothing came", PATIENCE.toSeconds() + " s", 0);
    }

    private static Outcome outcome(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String where = Topics.kind(record.topic());
        return text(record, "ce_type").equals("order-lookup.found.v1")
                ? Outcome.found(where, 0)
                : Outcome.problem(JSON.readTree(record.value()).path("type").asText(), where, 0);
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
