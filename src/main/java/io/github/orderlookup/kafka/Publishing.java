package io.github.orderlookup.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether outcomes find their way out: which ones have been refused and not acknowledged since.
 *
 * <p>While there are any, polling pauses and the process is not ready. Thread-safe.
 */
final class Publishing {

    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> reason = new AtomicReference<>("");

    /** An attempt to publish this outcome failed; it will be tried again. */
    void failed(String eventId, String topic, @Nullable Exception why) {
        reason.set(topic + " " + inWords(why));
        stuck.add(eventId);
    }

    /** The broker has acknowledged this outcome. */
    void acknowledged(String eventId) {
        if (!stuck.isEmpty()) {
            stuck.remove(eventId);
        }
    }

    /** Outcomes that were refused and not acknowledged since. */
    int stuck() {
        return stuck.size();
    }

    boolean isStuck() {
        return !stuck.isEmpty();
    }

    /** What keeps outcomes from being published, in plain words; empty when nothing does. */
    Optional<String> trouble() {
        int count = stuck.size();
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        "Outcomes that wait to be published: "
                                + count
                                + "; the topic "
                                + reason.get());
    }

    private static String inWords(@Nullable Exception why) {
        if (why instanceof AuthorizationException) {
            return "refuses us: grant WRITE and DESCRIBE.";
        }
        if (why instanceof UnknownTopicOrPartitionException
                || why instanceof InvalidTopicException
                || why instanceof TimeoutException) {
            return "does not exist or no broker that leads it can be reached.";
        }
        return "does not take them.";
    }
}
