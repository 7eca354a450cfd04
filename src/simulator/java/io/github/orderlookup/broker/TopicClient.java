package io.github.orderlookup.broker;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toMap;
import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records as they are: bytes in, bytes out, headers in their order. Reads whole
 * topics from the beginning and belongs to no group. Thread-safe.
 */
public final class TopicClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int RECONNECT_WITHIN_MILLIS = 100;
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private final Map<String, Object> connection;
    private final Producer<byte[], byte[]> producer;

    public TopicClient(String bootstrapServers) {
        connection =
                Map.of(
                        BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_WITHIN_MILLIS);
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A header with a text value. */
    public static Header header(String name, String value) {
        return header(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A header with any bytes. */
    public static Header header(String name, byte @Nullable [] value) {
        return new RecordHeader(name, value);
    }

    /** The last header of that name as text. */
    public static Optional<String> headerText(ConsumerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Writes a record of texts and waits for its acknowledgement. */
    public RecordMetadata send(
            String topic, @Nullable String key, @Nullable String value, Header... headers) {
        return send(topic, bytes(key), bytes(value), headers);
    }

    /** Writes a record and waits for its acknowledgement. */
    public RecordMetadata send(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        return send(new ProducerRecord<>(topic, null, key, value, List.of(headers)));
    }

    /** Writes a record and waits for its acknowledgement. */
    public RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        return sendAll(List.of(record)).get(0);
    }

    /** Writes records one right after the other, then waits for all acknowledgements. */
    public List<RecordMetadata> sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        var acknowledgements = records.stream().map(producer::send).toList();
        return acknowledgements.stream().map(TopicClient::done).toList();
    }

    /** All records that the topic holds now: per partition in order, partitions one by one. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            var ends = consumer.endOffsets(assignFromBeginning(consumer, topic));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (isBefore(ends, consumer)) {
                consumer.poll(POLL).forEach(records::add);
            }
            return inOrder(records);
        }
    }

    /** The records of the topic as soon as there are at least so many. */
    public List<ConsumerRecord<byte[], byte[]>> await(String topic, int count) {
        return await(topic, count, record -> true);
    }

    /** The records of the topic that match, as soon as there are at least so many. */
    public List<ConsumerRecord<byte[], byte[]>> await(
            String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> match) {
        return await(topic, count, match, PATIENCE);
    }

    /**
     * The records of the topic that match, as soon as there are at least so many.
     *
     * @throws AssertionError when they have not come within the limit
     */
    public List<ConsumerRecord<byte[], byte[]>> await(
            String topic,
            int count,
            Predicate<ConsumerRecord<byte[], byte[]>> match,
            Duration limit) {
        Instant end = Instant.now().plus(limit);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            assignFromBeginning(consumer, topic);
            while (found.size() < count) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError(
                            "%d of %d records in %s after %s"
                                    .formatted(found.size(), count, topic, limit));
                }
                consumer.poll(POLL).forEach(record -> addIf(match, record, found));
            }
        }
        return inOrder(found);
    }

    /** The first record of the topic. */
    public ConsumerRecord<byte[], byte[]> awaitOne(String topic) {
        return await(topic, 1).get(0);
    }

    /** The offsets a group has committed; empty for a group that has none. */
    public Map<TopicPartition, Long> committedOffsets(String group) {
        try (Admin admin = Admin.create(connection)) {
            return done(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .entrySet()
                    .stream()
                    .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                connection, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> assignFromBeginning(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("no topic " + topic);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private static boolean isBefore(Map<TopicPartition, Long> ends, Consumer<?, ?> consumer) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static <T> void addIf(Predicate<T> match, T candidate, List<T> accepted) {
        if (match.test(candidate)) {
            accepted.add(candidate);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> inOrder(
            List<ConsumerRecord<byte[], byte[]>> records) {
        records.sort(
                comparingInt(ConsumerRecord<byte[], byte[]>::partition)
                        .thenComparing(ConsumerRecord::offset));
        return records;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
