package io.github.orderlookup.lookup;

import io.github.orderlookup.lookup.Source.Share;
import java.util.concurrent.Executor;

/**
 * The threads on which lookups continue. Separate executors keep calls that hang from delaying
 * refusals, and Kafka from delaying REST.
 *
 * @param calls for calls of REST and {@code direct:}; as many at once as calls may be under way
 * @param kafka for all work of Kafka
 * @param refusals for decisions of REST and {@code direct:} that lead to no call: short
 */
public record LookupThreads(Executor calls, Executor kafka, Executor refusals) {

    /** For a call, and what follows it. */
    public Executor forCall(Source source) {
        return source.share() == Share.KAFKA ? kafka : calls;
    }

    /** For the end of a lookup that makes no call. */
    public Executor forRefusal(Source source) {
        return source.share() == Share.KAFKA ? kafka : refusals;
    }
}
