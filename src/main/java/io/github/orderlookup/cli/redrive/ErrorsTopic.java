package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.BrokerAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The errors topic, from where the group has come to up to where it ended when the run began. Not
 * thread-safe.
 */
final class ErrorsTopic {

    private static final Duration POLL = Duration.ofMillis(500);

    /** After so long without a record the broker is asked whether it is there. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final Clock clock;

    /** The next offset of each partition that is not read. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long length;
    private Instant lastRecord;

    /**
     * @param clock monotonic
     */
    ErrorsTopic(Consumer<byte[], byte[]> consumer, Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
        this.lastRecord = clock.instant();
    }

    /**
     * Looks up where reading begins and ends.
     *
     * @param known where the group has come to; what lies outside the topic is of one that was
     *     deleted
     */
    void open(List<TopicPartition> partitions, Map<TopicPartition, Long> known)
            throws RedriveFailure {
        Map<TopicPartition, Long> begins = ask(() -> consumer.beginningOffsets(partitions));
        ends.putAll(ask(() -> consumer.endOffsets(partitions)));
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long from = known.getOrDefault(partition, begin);
            long position = from > end(partition) ? begin : Math.max(begin, from);
            positions.put(partition, position);
            consumer.seek(partition, position);
            length += end(partition) - position;
        }
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** How many offsets there are to read in all. */
    long length() {
        return length;
    }

    /** How many of them are read. */
    long read() {
        return length - unread().stream().mapToLong(p -> end(p) - position(p)).sum();
    }

    boolean isRead() {
        return unread().isEmpty();
    }

    private Set<TopicPartition> unread() {
        return positions.entrySet().stream()
                .filter(position -> position.getValue() < end(position.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Up to where each partition is read, for a commit. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /**
     * The next records, those of a partition in their order; none for half a second at most.
     *
     * @throws RedriveFailure when there is a failure, or no record for a minute
     */
    List<ConsumerRecord<byte[], byte[]>> poll() throws RedriveFailure {
        consumer.pause(consumer.assignment());
        consumer.resume(unread());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : ask(() -> consumer.poll(POLL))) {
            if (record.offset() < end(partition(record))) {
                records.add(record);
            }
        }
        if (records.isEmpty()) {
            skipWhatIsNoRecord();
            endureSilence();
        } else {
            lastRecord = clock.instant();
        }
        return records;
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    static String coordinates(ConsumerRecord<?, ?> record) {
        return partition(record) + "-" + record.offset();
    }

    /** The record is decided on. */
    void done(ConsumerRecord<?, ?> record) {
        positions.put(partition(record), record.offset() + 1);
    }

    /** Markers of transactions and records that were compacted have an offset and nothing else. */
    private void skipWhatIsNoRecord() throws RedriveFailure {
        for (TopicPartition partition : unread()) {
            long position = ask(() -> consumer.position(partition));
            positions.merge(partition, Math.min(position, end(partition)), Math::max);
        }
    }

    private void endureSilence() throws RedriveFailure {
        Duration silence = Duration.between(lastRecord, clock.instant());
        if (silence.compareTo(SILENCE) < 0 || isRead()) {
            return;
        }
        ask(() -> consumer.endOffsets(unread()));
        if (silence.compareTo(LONGEST_SILENCE) >= 0) {
            TopicPartition partition = unread().iterator().next();
            throw RedriveFailure.of(
                    "No record has come from "
                            + partition
                            + " at offset "
                            + position(partition)
                            + " for a minute.",
                    "See whether the partition has a leader, and its records can be read.");
        }
    }

    private <T> T ask(Supplier<T> question) throws RedriveFailure {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw RedriveFailure.of("The errors topic", BrokerAnswer.refused(e));
        }
    }
}
