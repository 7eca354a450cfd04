package io.github.orderlookup.lookup;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka record that a problem answers, with what the rest of the problem and the headers of its
 * record do not tell of the request, so that the request can be sent again.
 *
 * @param value what the record held, only for a request that could not be read: its first 1,024
 *     bytes, longer values are cut; null otherwise and for a record without a value
 * @param until {@code settled} for a request that waits for that; null for any other
 * @param replyTopic where the request wants its reply; null for the usual topics
 * @param replyPartition null to let the partitioner choose
 * @param tracestate of the trace; null when it has none, and when it is malformed
 * @param redriven how many times the request was sent again after it had failed; null for never
 * @param incomplete true when the request had more than the record of the problem holds: it cannot
 *     be sent again; null otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look at the bytes
public record RecordOrigin(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] value,
        @Nullable String until,
        @Nullable String replyTopic,
        @Nullable Integer replyPartition,
        @Nullable String tracestate,
        @Nullable Integer redriven,
        @Nullable Boolean incomplete)
        implements Serializable {

    /** How much of a value is kept. */
    public static final int MAX_VALUE_BYTES = 1_024;

    public RecordOrigin {
        if (value != null) {
            value = Arrays.copyOf(value, Math.min(value.length, MAX_VALUE_BYTES));
        }
    }

    /** A record with its value alone. */
    public RecordOrigin(String topic, int partition, long offset, byte @Nullable [] value) {
        this(topic, partition, offset, value, null, null, null, null, null, null);
    }

    /** A record that could be read, without headers. */
    public RecordOrigin(String topic, int partition, long offset) {
        this(topic, partition, offset, null);
    }

    /** The same record in a problem that holds less than the whole request. */
    public RecordOrigin withoutRest() {
        return new RecordOrigin(
                topic,
                partition,
                offset,
                value,
                until,
                replyTopic,
                replyPartition,
                tracestate,
                redriven,
                true);
    }

    @Override
    public byte @Nullable [] value() {
        return value == null ? null : value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordOrigin that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && Arrays.equals(value, that.value)
                && Objects.equals(until, that.until)
                && Objects.equals(replyTopic, that.replyTopic)
                && Objects.equals(replyPartition, that.replyPartition)
                && Objects.equals(tracestate, that.tracestate)
                && Objects.equals(redriven, that.redriven)
                && Objects.equals(incomplete, that.incomplete);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                topic,
                partition,
                offset,
                Arrays.hashCode(value),
                until,
                replyTopic,
                replyPartition,
                tracestate,
                redriven,
                incomplete);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
