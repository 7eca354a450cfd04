package io.github.orderlookup.kafka.consumer;

/**
 * How many request records may be held.
 *
 * @param pending records taken and not yet committed; no poll may bring more
 * @param pollRecords what one poll brings at most
 * @param bytes memory of the records without an outcome; polling pauses above it
 */
public record PollLimits(int pending, int pollRecords, long bytes) {

    /** Polling pauses while more records are pending. */
    public int pauseAbove() {
        return pending - pollRecords;
    }
}
