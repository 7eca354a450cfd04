package io.github.orderlookup.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Request records for tests. */
public final class Records {

    private Records() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RequestRecord with(Headers headers) {
        return new RequestRecord(
                new TopicPartition("order-lookup.requests", 3), 42, null, bytes("{}"), headers);
    }

    public static Headers headers() {
        return new RecordHeaders();
    }
}
