package io.github.orderlookup.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka endpoint.
 *
 * @param replyTopics matches the whole name of a topic that a request may name for its reply; none
 *     may be named when absent
 */
public record KafkaSettings(
        boolean enabled,
        String requestTopic,
        String resultsTopic,
        String errorsTopic,
        String groupId,
        @Nullable Pattern replyTopics) {

    public KafkaSettings disabled() {
        return new KafkaSettings(
                false, requestTopic, resultsTopic, errorsTopic, groupId, replyTopics);
    }
}
