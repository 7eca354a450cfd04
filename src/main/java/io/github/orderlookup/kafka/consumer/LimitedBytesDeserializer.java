package io.github.orderlookup.kafka.consumer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and values as bytes, and keeps of one that is too large for a request only its
 * beginning, so that a poll holds no more memory than the requests in it may.
 *
 * <p>What it returns is a {@code byte[]}, or a {@link TooLarge}. It never fails. Thread-safe.
 */
public final class LimitedBytesDeserializer implements Deserializer<Object> {

    static final int LARGEST_VALUE = 64 * 1024;
    static final int LARGEST_KEY = 16 * 1024;
    private static final int KEPT = 1_024;

    private int largest = LARGEST_VALUE;

    /**
     * The beginning of a key or value that is too large.
     *
     * @param start at most 1,024 bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public // only carried, never compared
    record TooLarge(byte[] start) {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        largest = isKey ? LARGEST_KEY : LARGEST_VALUE;
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return data == null || data.length <= largest
                ? data
                : new TooLarge(Arrays.copyOf(data, KEPT));
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        boolean fits = data.remaining() <= largest;
        byte[] bytes = new byte[fits ? data.remaining() : KEPT];
        data.duplicate().get(bytes);
        return fits ? bytes : new TooLarge(bytes);
    }
}
