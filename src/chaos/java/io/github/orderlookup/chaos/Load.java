package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Requests at a steady rate, and every outcome of them on the results and errors topics, counted by
 * the event id of the request. Asks and reads through outages of the broker. Thread-safe.
 */
final class Load implements AutoCloseable {

    private static final String FOUND = "order-lookup.found.v1";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int HUNDREDTHS = 100;
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;
    private static final long OUTLAST_MILLIS = 300_000;

    private final Topics topics;
    private final TopicClient client;
    private final Producer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final boolean byKey;
    private final Set<String> aside = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Sent> sent = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::read, "load-reader");
    private volatile Thread sender = new Thread();
    private volatile boolean sending;
    private volatile boolean reading = true;

    /**
     * One request.
     *
     * @param created the time that its record bears
     * @param acknowledged when the broker had it
     */
    private record Sent(Instant created, Instant acknowledged) {}

    /**
     * The outcomes of one request.
     *
     * @param kinds the distinct event types among them
     * @param first when the first one was read
     * @param last when the last one was read
     * @param published the time that the first record bears
     */
    private record Seen(
            int count, Set<String> kinds, Instant first, Instant last, Instant published) {

        Seen and(Seen other) {
            Set<String> both =
                    Stream.concat(kinds.stream(), other.kinds.stream())
                            .collect(Collectors.toUnmodifiableSet());
            return new Seen(count + other.count, both, first, other.last, published);
        }
    }

    Load(RunningService service) {
        this(service, List.of(service.broker()));
    }

    /** Speaks to these brokers. The topics exist. */
    Load(RunningService service, List<Broker> brokers) {
        this(service, brokers, false);
    }

    /**
     * A load that distinguishes requests by their keys, for a topic that is made anew: there an
     * event id comes again.
     */
    static Load byKey(RunningService service) {
        return new Load(service, List.of(service.broker()), true);
    }

    private Load(RunningService service, List<Broker> brokers, boolean byKey) {
        this.byKey = byKey;
        String bootstrap = addresses(brokers);
        topics = service.topics();
        client = service.client();
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                MAX_REQUEST_BYTES,
                                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                                200,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                OUTLAST_MILLIS,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                (int) OUTLAST_MILLIS),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                                200),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                Stream.of(topics.results(), topics.errors())
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader.start();
    }

    static String addresses(List<Broker> brokers) {
        return brokers.stream().map(Broker::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Asks for orders that exist, so many a second, until {@link #stop()}. */
    Load start(int perSecond) {
        return start(perSecond, i -> request(CUSTOMER, "order--" + i));
    }

    /** Asks with the values that the function makes of the number of the request. */
    Load start(int perSecond, IntFunction<String> value) {
        return startRecords(perSecond, i -> record(value.apply(i)));
    }

    /** Asks for orders that exist, in these partitions alone. */
    Load startIn(int perSecond, List<Integer> partitions) {
        return startRecords(
                perSecond,
                i ->
                        recordIn(
                                partitions.get(i % partitions.size()),
                                request(CUSTOMER, "order--" + i)));
    }

    private Load startRecords(int perSecond, IntFunction<ProducerRecord<byte[], byte[]>> record) {
        sending = true;
        sender = new Thread(() -> send(perSecond, record), "load-sender");
        sender.start();
        return this;
    }

    /**
     * Asks for something that takes its time or goes wrong: of the waits only {@link
     * #awaitEverything()} waits for it, and its outcomes break no silence of the others.
     */
    void askAside(String value) {
        askAside(record(value));
    }

    void askAside(ProducerRecord<byte[], byte[]> record) {
        ask(record, aside::add);
    }

    /** Counts a request that another producer has written as one that was asked aside. */
    void addAside(RecordMetadata request) {
        asked.incrementAndGet();
        aside.add(id(request));
        sent.put(id(request), new Sent(Instant.ofEpochMilli(request.timestamp()), Instant.now()));
    }

    /** Asks once, now. */
    void ask(String value) {
        ask(record(value), id -> {});
    }

    /** A request with a key of its own. */
    ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(topics.requests(), key(), bytes(value));
    }

    /** A request with a key of its own in a partition. */
    ProducerRecord<byte[], byte[]> recordIn(int partition, String value) {
        return new ProducerRecord<>(topics.requests(), partition, key(), bytes(value));
    }

    private byte[] key() {
        return bytes("key-" + keys.incrementAndGet());
    }

    private void ask(ProducerRecord<byte[], byte[]> record, Consumer<String> known) {
        asked.incrementAndGet();
        producer.send(
                record,
                (metadata, failure) -> {
                    if (failure == null) {
                        String id = byKey ? text(record.key()) : id(metadata);
                        Instant created = Instant.ofEpochMilli(metadata.timestamp());
                        known.accept(id);
                        sent.put(id, new Sent(created, Instant.now()));
                    }
                });
    }

    static String request(String customer, String order) {
        return "{\"customerId\": \"%s\", \"orderId\": \"%s\"}".formatted(customer, order);
    }

    /** Asks no more, and returns once the broker has all requests. */
    void stop() {
        sending = false;
        join(sender);
        producer.flush();
        if (sent.size() != asked.get()) {
            throw new AssertionError(
                    "The broker took %d of %d requests".formatted(sent.size(), asked.get()));
        }
    }

    /** Waits until every request that was acknowledged so far has an outcome; says for how long. */
    Duration awaitOutcomes() {
        return awaitOutcomes(PATIENCE);
    }

    Duration awaitOutcomes(Duration limit) {
        Set<String> asked = new TreeSet<>(sent.keySet());
        asked.removeAll(aside);
        return await(asked, limit);
    }

    /**
     * Waits for the outcomes of what the broker acknowledged later than this, and forgets what it
     * acknowledged before and nobody has answered by then: it was deleted with its topic.
     *
     * @return how many requests are forgotten
     */
    int awaitOutcomesSince(Instant moment) {
        Set<String> later = new TreeSet<>(sent.keySet());
        later.removeIf(id -> sent.get(id).acknowledged().isBefore(moment));
        await(later, PATIENCE);
        Set<String> deleted = new TreeSet<>(sent.keySet());
        deleted.removeAll(seen.keySet());
        sent.keySet().removeAll(deleted);
        return deleted.size();
    }

    /** Waits for the outcomes of all requests, whatever time they take. */
    void awaitEverything() {
        await(sent.keySet(), PATIENCE);
    }

    private Duration await(Set<String> ids, Duration limit) {
        Instant start = Instant.now();
        Set<String> missing = new TreeSet<>(ids);
        while (!missing.isEmpty()) {
            missing.removeAll(seen.keySet());
            if (Instant.now().isAfter(start.plus(limit))) {
                throw new AssertionError(
                        "%d of %d requests have no outcome after %s: %s"
                                .formatted(
                                        missing.size(),
                                        sent.size(),
                                        limit,
                                        missing.stream().limit(5).toList()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Duration.between(start, Instant.now());
    }

    /** Waits until so many requests have outcomes. */
    void awaitOutcomes(int count) {
        Instant end = Instant.now().plus(PATIENCE);
        while (seen.size() < count) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(seen.size() + " of " + count + " outcomes");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Requests that got an outcome since then and are not committed: what a crash repeats of the
     * work of a process that has run since then.
     */
    int answeredButUncommitted(Instant since) {
        Map<TopicPartition, Long> committed = client.committedOffsets(topics.group());
        return (int)
                seen.entrySet().stream()
                        .filter(outcome -> outcome.getValue().last().isAfter(since))
                        .filter(outcome -> !isCommitted(outcome.getKey(), committed))
                        .count();
    }

    /** Waits until every request that has an outcome is committed. */
    void awaitCommit() {
        Instant end = Instant.now().plus(PATIENCE);
        while (answeredButUncommitted(Instant.MIN) > 0) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        answeredButUncommitted(Instant.MIN) + " requests are not committed");
            }
            LockSupport.parkNanos(10 * POLL.toNanos());
        }
    }

    private static boolean isCommitted(String id, Map<TopicPartition, Long> committed) {
        int offset = id.lastIndexOf('-');
        int partition = id.lastIndexOf('-', offset - 1);
        TopicPartition source =
                new TopicPartition(
                        id.substring(0, partition),
                        Integer.parseInt(id.substring(partition + 1, offset)));
        return Long.parseLong(id.substring(offset + 1)) < committed.getOrDefault(source, 0L);
    }

    /** Waits until all outcomes are read that there are, while nobody writes any. */
    void awaitReader() {
        int before;
        do {
            before = outcomes();
            LockSupport.parkNanos(10 * POLL.toNanos());
        } while (outcomes() != before);
    }

    /** Requests that the broker has. */
    int sent() {
        return sent.size();
    }

    /** Requests that have an outcome. */
    int answered() {
        return seen.size();
    }

    /** Outcome records, repeats included. */
    int outcomes() {
        return seen.values().stream().mapToInt(Seen::count).sum();
    }

    /** Requests without an outcome. */
    int lost() {
        Set<String> missing = new TreeSet<>(sent.keySet());
        missing.removeAll(seen.keySet());
        return missing.size();
    }

    /** Outcome records beyond the first of a request. */
    int repeated() {
        return outcomes() - answered();
    }

    /** Requests that have a problem among their outcomes. */
    int failed() {
        return (int) seen.values().stream().filter(s -> !s.kinds().equals(Set.of(FOUND))).count();
    }

    /**
     * Outcomes whose event id is that of no request: 0 when each repeat has the id of the first.
     */
    int unknown() {
        return (int) seen.keySet().stream().filter(id -> !sent.containsKey(id)).count();
    }

    /**
     * The time from request to outcome within which so many percent of the Orders came that were
     * asked for between these moments.
     */
    Duration timeOfFound(Instant from, Instant to, int percent) {
        List<Duration> times =
                sent.entrySet().stream()
                        .filter(s -> isBetween(s.getValue().created(), from, to))
                        .filter(s -> seen.get(s.getKey()).kinds().equals(Set.of(FOUND)))
                        .map(
                                s ->
                                        Duration.between(
                                                s.getValue().created(),
                                                seen.get(s.getKey()).published()))
                        .sorted()
                        .toList();
        return times.get(times.size() * percent / 100);
    }

    /** By how much the clock of the service was ahead of ours at the latest outcome. */
    Duration clockAhead() {
        Seen latest = Collections.max(seen.values(), Comparator.comparing(Seen::first));
        return Duration.between(latest.first(), latest.published());
    }

    /**
     * The longest time between these moments without any first outcome of what was not asked aside.
     */
    Duration longestSilence(Instant from, Instant to) {
        List<Instant> moments =
                Stream.concat(
                                seen.entrySet().stream()
                                        .filter(outcome -> !aside.contains(outcome.getKey()))
                                        .map(outcome -> outcome.getValue().first())
                                        .filter(moment -> isBetween(moment, from, to)),
                                Stream.of(from, to))
                        .sorted()
                        .toList();
        Duration longest = Duration.ZERO;
        for (int i = 1; i < moments.size(); i++) {
            Duration gap = Duration.between(moments.get(i - 1), moments.get(i));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }

    private static boolean isBetween(Instant moment, Instant from, Instant to) {
        return moment.isAfter(from) && moment.isBefore(to);
    }

    @Override
    public void close() {
        sending = false;
        reading = false;
        join(reader);
        producer.close(Duration.ZERO);
        consumer.close(Duration.ZERO);
    }

    private void send(int perSecond, IntFunction<ProducerRecord<byte[], byte[]>> record) {
        Instant start = Instant.now();
        int number = 0;
        while (sending) {
            long due = Duration.between(start, Instant.now()).toMillis() * perSecond / 1000;
            while (sending && number < due) {
                ask(record.apply(number++), id -> {});
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / HUNDREDTHS);
        }
    }

    private void read() {
        while (reading) {
            consumer.poll(POLL).forEach(this::note);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        Set<String> kind = Set.of(text(record, "ce_type"));
        Instant now = Instant.now();
        Seen one = new Seen(1, kind, now, now, Instant.ofEpochMilli(record.timestamp()));
        seen.merge(byKey ? text(record.key()) : text(record, "ce_id"), one, Seen::and);
    }

    private static String id(RecordMetadata request) {
        return request.topic() + "-" + request.partition() + "-" + request.offset();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
