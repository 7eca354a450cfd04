package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.TopicDirectory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Which topic the name of the request topic stands for. A topic that was deleted and made anew at
 * once has the same name, and may hold as many records: neither the consumer nor its offsets tell.
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

    /** Asks the broker. What it cannot say now stays as it was. */
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
