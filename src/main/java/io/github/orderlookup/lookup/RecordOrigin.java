package io.github.orderlookup.lookup;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka record that a problem answers.
 *
 * @param value what the record held, only for a request that could not be read: its first 1,024
 *     bytes, longer values are cut; null otherwise and for a record without a value
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look at the bytes
public record RecordOrigin(String topic, int partition, long offset, byte @Nullable [] value)
        implements Serializable {

    private static final int MAX_VALUE_BYTES = 1_024;

    public RecordOrigin {
        if (value != null) {
            value = Arrays.copyOf(value, Math.min(value.length, MAX_VALUE_BYTES));
        }
    }

    /** A record that could be read. */
    public RecordOrigin(String topic, int partition, long offset) {
        this(topic, partition, offset, null);
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
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
