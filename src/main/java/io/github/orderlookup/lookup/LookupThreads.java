package io.github.orderlookup.lookup;

import io.github.orderlookup.lookup.Lookup.Source;
import java.util.concurrent.Executor;

/**
 * The threads on which lookups go on, so that calls that hang keep no refusal from being delivered,
 * and what Kafka waits for keeps nothing of REST from going on.
 *
 * @param calls for calls of REST and {@code direct:}; as many at once as calls may be under way
 * @param kafka for everything of Kafka
 * @param refusals for decisions of REST and {@code direct:} that lead to no call: short
 */
public record LookupThreads(Executor calls, Executor kafka, Executor refusals) {

    /** One executor for everything: a new thread for each piece of work. */
    public static LookupThreads all(Executor executor) {
        return new LookupThreads(executor, executor, executor);
    }

    /** For a call, and what follows it. */
    public Executor forCall(Source source) {
        return source == Source.KAFKA ? kafka : calls;
    }

    /** For the end of a lookup that makes no call. */
    public Executor forRefusal(Source source) {
        return source == Source.KAFKA ? kafka : refusals;
    }
}
