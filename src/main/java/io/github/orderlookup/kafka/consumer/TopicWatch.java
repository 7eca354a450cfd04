package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.TopicDirectory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The id of the request topic. A topic that is deleted and created again has the same name, and may
 * hold as many records; only its id differs.
 *
 * <p>Thread-safe.
 */
public final class TopicWatch {

    private static final String PREFIX = "topic-id:";

    private final TopicDirectory topics;
    private final String topic;
    private final AtomicReference<@Nullable Uuid> id = new AtomicReference<>();

    public TopicWatch(TopicDirectory topics, String topic) {
        this.topics = topics;
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    /** Asks the broker; the last id stays known while it does not answer. */
    public void refresh() {
        topics.id(topic).ifPresent(id::set);
    }

    /** The topic as the broker last had it; null before it was ever seen. */
    @Nullable Uuid id() {
        return id.get();
    }

    /** What is committed beside an offset, so that it is not taken for one of a later topic. */
    static String metadata(@Nullable Uuid topicId) {
        return topicId == null ? "" : PREFIX + topicId;
    }

    /** Whether an offset was committed for another topic of the same name. */
    static boolean isOfAnother(@Nullable String metadata, @Nullable Uuid topicId) {
        return topicId != null
                && Optional.ofNullable(metadata)
                        .filter(text -> text.startsWith(PREFIX))
                        .filter(text -> !text.equals(metadata(topicId)))
                        .isPresent();
    }
}
