package io.github.orderlookup.cli.redrive;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param dryRun only counts: nothing is sent, no offset is committed
 * @param fromBeginning begins at the beginning of the topic instead of where the last run ended
 * @param rate requests a second; null for no limit
 * @param limit how many requests are sent at most; null for no limit
 * @param maxTimes how many times one request may be sent again in all
 */
public record RedriveOptions(
        Selection selection,
        boolean dryRun,
        boolean fromBeginning,
        @Nullable Double rate,
        @Nullable Long limit,
        int maxTimes) {

    private static final int LARGEST_BATCH = 500;

    /** How many records are read at once: what a run that is killed sends twice at most. */
    int batch() {
        return rate == null
                ? LARGEST_BATCH
                : (int) Math.max(1, Math.min(LARGEST_BATCH, Math.ceil(rate)));
    }
}
