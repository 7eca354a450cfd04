package io.github.orderlookup.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Message;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the request topic, byte for byte as it was written.
 *
 * @param key null when the record has none
 * @param value null for a tombstone
 * @param headers as on the record, duplicates included
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
record RequestRecord(
        TopicPartition partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {

    /** The name of the exchange property that holds the record. */
    static final String PROPERTY = "order-lookup-record";

    /** Reads a message as camel-kafka's consumer made it. */
    static RequestRecord of(Message message) {
        return new RequestRecord(
                new TopicPartition(
                        message.getHeader(KafkaHeaderNames.TOPIC, String.class),
                        message.getHeader(KafkaHeaderNames.PARTITION, Integer.class)),
                message.getHeader(KafkaHeaderNames.OFFSET, Long.class),
                (byte[]) message.getHeader(KafkaHeaderNames.KEY),
                (byte[]) message.getBody(),
                message.getHeader(KafkaHeaderNames.HEADERS, Headers.class));
    }

    /** The bytes of a header, the last one if it is there more than once. */
    Optional<byte[]> header(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    /** A header as UTF-8 text. */
    Optional<String> text(String name) {
        return header(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether a header is there more than once. */
    boolean isDoubled(String name) {
        var found = headers.headers(name).iterator();
        if (!found.hasNext()) {
            return false;
        }
        found.next();
        return found.hasNext();
    }

    /** {@code {topic}-{partition}-{offset}}: the same for every outcome of this record. */
    String eventId() {
        return partition.topic() + "-" + partition.partition() + "-" + offset;
    }
}
