package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.consumer.PauseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of the Kafka endpoint at one moment.
 *
 * @param pending requests taken and not yet committed
 * @param maxPending how many of them there may be
 * @param pauseAbove polling pauses while more than so many are pending, since the next poll could
 *     exceed {@code maxPending}
 * @param bytes what the requests without an outcome hold in memory
 * @param lag records of the assigned partitions that are not taken yet, as far as the last fetch of
 *     each could tell; 0 before the first
 * @param stuck outcomes that their topic has refused and not taken since
 * @param connected whether a broker is connected
 * @param pause why and since when polling is paused; null while it is not
 * @param sinceProgress how long ago the poll thread last came back from the broker
 * @param sinceCommit how long ago offsets were last committed, or the endpoint was made
 * @param oldestRequest how long ago the oldest request without an outcome was taken; zero when
 *     there is none
 * @param unreadablePartitions partitions whose next record cannot be read
 * @param stalledPartitions partitions whose first request without an outcome waits for no known
 *     reason
 */
public record KafkaStats(
        int pending,
        int maxPending,
        int pauseAbove,
        long bytes,
        double lag,
        int stuck,
        boolean connected,
        @Nullable Pause pause,
        Duration sinceProgress,
        Duration sinceCommit,
        Duration oldestRequest,
        int unreadablePartitions,
        int stalledPartitions) {

    /**
     * Why polling takes no records on purpose.
     *
     * @param words for an operator
     * @param lasts how long it has lasted
     */
    public record Pause(PauseReason reason, String words, Duration lasts) {}
}
