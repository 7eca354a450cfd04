package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Request records for tests, and what they are read by. */
public final class Records {

    private Records() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RequestRecord with(Headers headers) {
        return new RequestRecord(
                new TopicPartition("order-lookup.requests", 3), 42, null, bytes("{}"), headers);
    }

    /** Settings with a waiting topic and one reply topic, {@code replies}. */
    public static KafkaSettings settings() {
        return new KafkaSettings(
                true,
                "requests",
                "results",
                "errors",
                "group",
                Pattern.compile("replies"),
                "waiting");
    }

    /** Asks a broker that does not answer. */
    public static TopicDirectory unansweredTopics(Clock clock) {
        return new TopicDirectory(
                () -> {
                    throw new KafkaException("no broker");
                },
                clock);
    }

    public static Headers headers() {
        return new RecordHeaders();
    }
}
