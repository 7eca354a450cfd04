package io.github.orderlookup.kafka;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer.TooLarge;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.request.RequestReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the request topic, byte for byte as it was written, without the headers that mean
 * nothing to us. It holds copies: the client's record holds the whole batch that it came in.
 *
 * @param key null when the record has none, or one that is too large to be echoed
 * @param value null for a tombstone; only its beginning when it is too large for a request
 * @param headers those that are understood; of one that is given more than once, the last two that
 *     differ
 * @param tooLarge why the record is no request whatever it says: a key or a value that is too
 *     large; null otherwise
 * @param time its time stamp; null when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
public record RequestRecord(
        TopicPartition partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        @Nullable String tooLarge,
        @Nullable Instant time) {

    /** The name of the exchange property that holds the record. */
    public static final String PROPERTY = "order-lookup-record";

    private static final List<String> UNDERSTOOD =
            List.of(
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.TRACE_PARENT,
                    HeaderNames.TRACE_STATE,
                    HeaderNames.SPRING_REPLY_TOPIC,
                    HeaderNames.SPRING_REPLY_PARTITION,
                    HeaderNames.SPRING_CORRELATION_ID,
                    HeaderNames.EVENT_ID,
                    HeaderNames.EVENT_VERSION,
                    HeaderNames.REDRIVEN);

    private static final List<String> ECHOED =
            List.of(
                    HeaderNames.SPRING_CORRELATION_ID,
                    HeaderNames.EVENT_ID,
                    HeaderNames.TRACE_PARENT,
                    HeaderNames.CORRELATION_ID);

    /** How many bytes the headers to be echoed may have together. */
    public static final int LONGEST_ECHO = 1_024;

    /** One byte more than what may be echoed: a longer one is as wrong as this. */
    private static final int LONGEST_HEADER = 1_025;

    private static final int RECORD_BYTES = 512;

    /** A record of which nothing is too large. */
    public RequestRecord(
            TopicPartition partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers) {
        this(partition, offset, key, value, headers, null, null);
    }

    /** The record that an exchange answers. */
    public static RequestRecord of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RequestRecord.class);
    }

    /** Reads a message as camel-kafka's consumer made it. */
    static RequestRecord read(Message message) {
        Object key = message.getHeader(KafkaHeaderNames.KEY);
        Object value = message.getBody();
        return new RequestRecord(
                new TopicPartition(
                        message.getHeader(KafkaHeaderNames.TOPIC, String.class),
                        message.getHeader(KafkaHeaderNames.PARTITION, Integer.class)),
                message.getHeader(KafkaHeaderNames.OFFSET, Long.class),
                key instanceof TooLarge ? null : (byte[]) key,
                value instanceof TooLarge cut ? cut.start() : (byte[]) value,
                understood(message.getHeader(KafkaHeaderNames.HEADERS, Headers.class)),
                tooLarge(key, value),
                time(message.getHeader(KafkaHeaderNames.TIMESTAMP, Long.class)));
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null || millis < 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable String tooLarge(@Nullable Object key, @Nullable Object value) {
        if (value instanceof TooLarge) {
            return "The request is too large: a value of at most 64 KiB is expected.";
        }
        return key instanceof TooLarge
                ? "The key is too large: at most 16 KiB are expected."
                : null;
    }

    private static Headers understood(Headers all) {
        Headers kept = new RecordHeaders();
        for (String name : UNDERSTOOD) {
            Header last = null;
            for (Header header : all.headers(name)) {
                if (last != null && !Arrays.equals(last.value(), header.value())) {
                    kept.remove(name).add(name, cut(last.value()));
                }
                last = header;
            }
            if (last != null) {
                kept.add(name, cut(last.value()));
            }
        }
        return kept;
    }

    private static byte @Nullable [] cut(byte @Nullable [] value) {
        return value == null || value.length <= LONGEST_HEADER
                ? value
                : Arrays.copyOf(value, LONGEST_HEADER);
    }

    /** About how many bytes of memory the record holds. */
    long bytes() {
        long sum = (long) RECORD_BYTES + length(key) + length(value);
        for (Header header : headers) {
            sum += length(header.value());
        }
        return sum;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** The bytes of a header, the last one if it is there more than once. */
    public Optional<byte[]> header(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    /** Whether a header is there, also one without a value. */
    boolean has(String name) {
        return headers.lastHeader(name) != null;
    }

    /** A header as UTF-8 text. */
    public Optional<String> text(String name) {
        return header(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether a header is there more than once, with different bytes. */
    boolean isAmbiguous(String name) {
        Header last = headers.lastHeader(name);
        for (Header header : headers.headers(name)) {
            if (!Arrays.equals(header.value(), last.value())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the headers to be echoed are longer than an outcome may hold. */
    public boolean isEchoTooLong() {
        int bytes = 0;
        for (String name : ECHOED) {
            bytes += header(name).map(value -> value.length).orElse(0);
        }
        return bytes > LONGEST_ECHO;
    }

    /** Reads a request that is refused or failed all the same, so that its problem has the ids. */
    public void nameRequest(Lookup lookup) {
        try {
            lookup.ask(RequestReader.read(value), null);
        } catch (OrderLookupException unreadable) {
            // The problem shows the value instead.
        }
    }

    /** {@code {topic}-{partition}-{offset}}: the same for every outcome of this record. */
    public String eventId() {
        return partition.topic() + "-" + partition.partition() + "-" + offset;
    }
}
