package io.github.orderlookup.lookup;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether lookups can be answered at the moment, as the doors need to know it. Thread-safe.
 *
 * <p>An outage is what has been judged to be one: Partner Center fails call after call whatever the
 * order, or nobody can sign in.
 */
public interface UpstreamHealth {

    /** The distance between calls that test whether an outage is over. */
    Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    /** What is wrong and, where somebody must act, what to do; empty while nothing is. */
    Optional<String> outage();

    /**
     * Whether one request more is wanted in spite of the outage: whoever waits has been called
     * already, and one that always fails must not be all that is ever asked.
     */
    boolean takesOneMore();
}
