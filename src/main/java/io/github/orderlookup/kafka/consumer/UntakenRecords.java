package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.tracking.OffsetTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the last poll, which are polled again if a failure between the poll and the
 * hand-over keeps them from being taken. For the poll thread.
 */
final class UntakenRecords {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);

    private final Consumer<Object, Object> client;
    private final OffsetTracker tracker;
    private final Map<TopicPartition, Offsets> polled = new HashMap<>();

    private record Offsets(long first, long last) {}

    UntakenRecords(Consumer<Object, Object> client, OffsetTracker tracker) {
        this.client = client;
        this.tracker = tracker;
    }

    /** Seeks to the first record of the last poll that was not taken. */
    void pollAgain() {
        Set<TopicPartition> assigned = polled.isEmpty() ? Set.of() : client.assignment();
        polled.forEach(
                (partition, offsets) -> {
                    long taken = tracker.lastTaken(partition);
                    if (taken < offsets.last() && assigned.contains(partition)) {
                        client.seek(partition, Math.max(offsets.first(), taken + 1));
                    }
                });
        polled.clear();
    }

    /** Notes the records of a poll; a partition whose offsets go back is restarted. */
    void note(ConsumerRecords<Object, Object> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<Object, Object>> some = records.records(partition);
            long first = some.get(0).offset();
            if (first <= tracker.lastTaken(partition)) {
                LOG.warn("The offsets of {} go back to {}: answered from there", partition, first);
                tracker.restart(List.of(partition));
            }
            polled.put(partition, new Offsets(first, some.get(some.size() - 1).offset()));
        }
    }

    /** The first of these records alone; the next poll brings the others again. */
    ConsumerRecords<Object, Object> onlyFirst(ConsumerRecords<Object, Object> records) {
        ConsumerRecord<Object, Object> first = records.iterator().next();
        TopicPartition taken = new TopicPartition(first.topic(), first.partition());
        for (TopicPartition partition : records.partitions()) {
            client.seek(
                    partition,
                    partition.equals(taken)
                            ? first.offset() + 1
                            : records.records(partition).get(0).offset());
        }
        polled.clear();
        polled.put(taken, new Offsets(first.offset(), first.offset()));
        return new ConsumerRecords<>(Map.of(taken, List.of(first)));
    }
}
