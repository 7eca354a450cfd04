package io.github.orderlookup.memory;

import io.github.orderlookup.lookup.Source.Share;

/**
 * The memory for responses, in two independent shares: outcomes that Kafka does not accept must not
 * keep REST from answering, nor callers that do not read keep Kafka from working.
 */
public record MemoryShares(ResponseMemory callers, ResponseMemory kafka) {

    /** An eighth of the largest heap of this process for each share. */
    public static MemoryShares ofThisHeap() {
        long share = Runtime.getRuntime().maxMemory() / 8;
        return new MemoryShares(new ResponseMemory(share), new ResponseMemory(share));
    }

    public ResponseMemory of(Share share) {
        return share == Share.CALLERS ? callers : kafka;
    }

    /** Refuses the claims that wait, and those that would have to. */
    public void close() {
        callers.close();
        kafka.close();
    }
}
