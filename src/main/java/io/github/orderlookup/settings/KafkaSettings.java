package io.github.orderlookup.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka endpoint.
 *
 * @param replyTopics matches the whole name of a topic that a request may name for its reply; none
 *     may be named when absent
 * @param waitingTopic for requests that wait for their order to settle; none may when absent
 */
public record KafkaSettings(
        boolean enabled,
        String requestTopic,
        String resultsTopic,
        String errorsTopic,
        String groupId,
        @Nullable Pattern replyTopics,
        @Nullable String waitingTopic) {

    /** The consumer group that reads the waiting topic. */
    public String waitingGroupId() {
        return groupId + ".waiting";
    }

    public KafkaSettings disabled() {
        return new KafkaSettings(
                false, requestTopic, resultsTopic, errorsTopic, groupId, replyTopics, waitingTopic);
    }
}
