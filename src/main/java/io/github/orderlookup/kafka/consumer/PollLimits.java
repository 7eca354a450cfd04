package io.github.orderlookup.kafka.consumer;

import java.time.Duration;

/**
 * How many records may be held.
 *
 * <p>A consumer that reads ahead takes records long before they are due. Each of its partitions has
 * an equal share of the limit, so that one whose records are due late does not keep the others from
 * being read; and it releases a partition at once that goes to another instance.
 *
 * @param pending records taken and not yet committed; no poll may bring more
 * @param pollRecords what one poll brings at most
 * @param bytes memory of the records without an outcome; polling pauses above it
 * @param readsAhead whether records are taken before they are due
 */
public record PollLimits(int pending, int pollRecords, long bytes, boolean readsAhead) {

    private static final Duration SHORT_POLL = Duration.ofMillis(20);
    private static final Duration AHEAD_POLL = Duration.ofMillis(200);

    /** For records that are due when they are taken. */
    public PollLimits(int pending, int pollRecords, long bytes) {
        this(pending, pollRecords, bytes, false);
    }

    /** How long a poll may last while there may soon be something to commit. */
    Duration shortPoll() {
        return readsAhead ? AHEAD_POLL : SHORT_POLL;
    }

    /** Whether a partition is not to be polled, of those that this consumer has. */
    boolean isPartitionFull(int pendingOfPartition, int partitions) {
        return readsAhead
                && pendingOfPartition
                        > Math.max(0, pending / Math.max(1, partitions) - pollRecords);
    }

    /** Whether no partition is to be polled. */
    boolean isFull(int allPending, long allBytes) {
        return allBytes > bytes || (!readsAhead && allPending > pauseAbove());
    }

    /** Polling pauses while more records are pending. */
    public int pauseAbove() {
        return pending - pollRecords;
    }
}
