package io.github.orderlookup.kafka;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.text.BoundedMatch;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request wants its outcome: at the usual topics, at a topic that it names, or at one that
 * it may not name.
 *
 * <p>Headers as Spring's {@code ReplyingKafkaTemplate} writes them: {@code kafka_replyTopic} in
 * UTF-8, {@code kafka_replyPartition} as four bytes, big endian.
 */
public sealed interface ReplyAddress {

    /** The request names no reply topic. */
    record Default() implements ReplyAddress {}

    /**
     * The request names an allowed topic.
     *
     * @param partition null to let the partitioner choose
     */
    record Named(String topic, @Nullable Integer partition) implements ReplyAddress {}

    /**
     * The request names something that it may not name.
     *
     * @param detail why, naming the header
     */
    record Refused(String detail) implements ReplyAddress {}

    Pattern LEGAL_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Reads the address of a request; whether the topic exists is not known yet. */
    static ReplyAddress of(RequestRecord record, KafkaSettings settings) {
        if (!record.has(HeaderNames.SPRING_REPLY_TOPIC)) {
            return new Default();
        }
        if (record.isAmbiguous(HeaderNames.SPRING_REPLY_TOPIC)
                || record.isAmbiguous(HeaderNames.SPRING_REPLY_PARTITION)) {
            return new Refused(
                    "The reply address is given twice: kafka_replyTopic once is expected.");
        }
        String topic = record.text(HeaderNames.SPRING_REPLY_TOPIC).orElse("");
        if (!isAllowed(topic, settings)) {
            return new Refused("kafka_replyTopic names a topic that is not allowed for replies.");
        }
        Optional<byte[]> partition = record.header(HeaderNames.SPRING_REPLY_PARTITION);
        if (partition.isEmpty()) {
            return new Named(topic, null);
        }
        if (partition.get().length != Integer.BYTES
                || ByteBuffer.wrap(partition.get()).getInt() < 0) {
            return new Refused(
                    "kafka_replyPartition is no partition: four bytes, big endian, not negative are"
                            + " expected.");
        }
        return new Named(topic, ByteBuffer.wrap(partition.get()).getInt());
    }

    private static boolean isAllowed(String topic, KafkaSettings settings) {
        Pattern allowed = settings.replyTopics();
        return allowed != null
                && LEGAL_TOPIC.matcher(topic).matches()
                && !topic.startsWith("__")
                && !topic.equals(settings.requestTopic())
                && BoundedMatch.matches(allowed, topic);
    }
}
