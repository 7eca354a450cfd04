package io.github.orderlookup.memory;

import io.github.orderlookup.lookup.Lookup.Source;

/**
 * The memory for answers, in two shares that do not know of each other: outcomes that Kafka does
 * not take must not keep REST from answering, nor callers that do not read keep Kafka.
 *
 * @param callers for lookups of REST and {@code direct:}
 * @param kafka for lookups of Kafka
 */
public record MemoryShares(ResponseMemory callers, ResponseMemory kafka) {

    /** An eighth of the largest heap that this process may have, for each of the two. */
    public static MemoryShares ofThisHeap() {
        long share = Runtime.getRuntime().maxMemory() / 8;
        return new MemoryShares(new ResponseMemory(share), new ResponseMemory(share));
    }

    public ResponseMemory of(Source source) {
        return of(source != Source.KAFKA);
    }

    public ResponseMemory of(boolean caller) {
        return caller ? callers : kafka;
    }

    /** No answer waits for room any more. */
    public void close() {
        callers.close();
        kafka.close();
    }
}
