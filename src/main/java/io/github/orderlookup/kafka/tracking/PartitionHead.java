package io.github.orderlookup.kafka.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The first record of a partition that has no acknowledged outcome: no offset after it can be
 * committed.
 *
 * @param age how long ago it was taken
 * @param failures how often it has ended without an outcome, to be tried again
 * @param failure the last of them, in words
 */
public record PartitionHead(
        TrackedRecord record,
        TopicPartition partition,
        long offset,
        Duration age,
        int failures,
        String failure) {

    static PartitionHead of(TopicPartition partition, TrackedRecord record, Instant now) {
        TrackedRecord.Failures failures = record.failures();
        return new PartitionHead(
                record,
                partition,
                record.offset,
                Duration.between(record.takenAt, now),
                failures.count(),
                failures.last());
    }

    /** Why the lookup waits, in words; empty when it does not wait, or should not. */
    public Optional<String> waitReason() {
        return record.waitReason();
    }
}
