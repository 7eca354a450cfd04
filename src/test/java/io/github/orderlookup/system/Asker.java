package io.github.orderlookup.system;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Asks a service over Kafka and reads every outcome of it, on whichever topic. Not thread-safe. */
public final class Asker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(50);

    private final RunningService service;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, List<Outcome>> outcomes = new HashMap<>();

    /** Reads the results, errors and replies topics of the service. */
    public Asker(RunningService service) {
        this(
                service,
                List.of(
                        service.topics().results(),
                        service.topics().errors(),
                        service.topics().replies()));
    }

    /** Reads these topics, which must exist. */
    public Asker(RunningService service, Collection<String> topics) {
        this.service = service;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                service.broker().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The value of a request for an order of the customer of the test resources. */
    public static String request(String orderId) {
        return request(CUSTOMER, orderId);
    }

    public static String request(String customerId, String orderId) {
        return "{\"customerId\": \"%s\", \"orderId\": \"%s\"}".formatted(customerId, orderId);
    }

    /** Writes a request with a key to the request topic. */
    public RecordMetadata send(String value, Header... headers) {
        return send(bytes("a-key"), bytes(value), headers);
    }

    public RecordMetadata send(byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        return service.client().send(service.topics().requests(), key, value, headers);
    }

    /** Writes a request to a partition of the request topic. */
    public RecordMetadata sendTo(int partition, String value) {
        return service.client()
                .send(
                        new ProducerRecord<>(
                                service.topics().requests(), partition, null, bytes(value)));
    }

    /** Writes a request and waits for its outcome. */
    public Outcome ask(String value, Header... headers) {
        return outcome(send(value, headers));
    }

    /** The first outcome of a request, as soon as there is one. */
    public Outcome outcome(RecordMetadata request) {
        String id = eventId(request);
        await(Set.of(id));
        return outcomes.get(id).get(0);
    }

    /** Waits until each of these requests has an outcome. */
    public void awaitAll(Collection<RecordMetadata> requests) {
        await(requests.stream().map(Asker::eventId).toList());
    }

    /** Everything that the topics hold now, by the event id of the request. */
    public Map<String, List<Outcome>> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return outcomes;
    }

    /** Waits until the group of the service has committed all requests there are. */
    public void awaitCommitOfEverything() {
        Map<TopicPartition, Long> ends = ends();
        service.process().await("commit " + ends, () -> isCommitted(ends, committedOffsets()));
    }

    /** What the group of the service has committed, by partition of the request topic. */
    public Map<Integer, Long> committed() {
        Map<Integer, Long> offsets = new TreeMap<>();
        committedOffsets()
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
        return offsets;
    }

    private Map<TopicPartition, Long> committedOffsets() {
        return service.client().committedOffsets(service.topics().group());
    }

    private Map<TopicPartition, Long> ends() {
        String requests = service.topics().requests();
        return consumer.endOffsets(
                consumer.partitionsFor(requests).stream()
                        .map(info -> new TopicPartition(requests, info.partition()))
                        .toList());
    }

    private static boolean isCommitted(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .allMatch(end -> end.getValue().equals(committed.get(end.getKey())));
    }

    public static String eventId(RecordMetadata request) {
        return request.topic() + "-" + request.partition() + "-" + request.offset();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }

    private void await(Collection<String> ids) {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> missing = missing(ids);
        while (!missing.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "%d of %d requests have no outcome after %s, among them %s; %s printed:%n%s"
                                .formatted(
                                        missing.size(),
                                        ids.size(),
                                        PATIENCE,
                                        missing.get(0),
                                        service.process(),
                                        service.process().stdout()));
            }
            poll();
            missing = missing(missing);
        }
    }

    private List<String> missing(Collection<String> ids) {
        return ids.stream().filter(id -> !outcomes.containsKey(id)).toList();
    }

    private void poll() {
        consumer.poll(POLL)
                .forEach(
                        record -> {
                            Outcome outcome = new Outcome(record);
                            outcomes.computeIfAbsent(outcome.eventId(), unused -> new ArrayList<>())
                                    .add(outcome);
                        });
    }
}
