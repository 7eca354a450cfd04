package io.github.orderlookup.lookup;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether lookups can be answered now. Thread-safe.
 *
 * <p>There is an outage when Partner Center fails call after call, whatever the order, or when no
 * token can be obtained.
 */
public interface UpstreamHealth {

    /** The distance between calls that test whether an outage is over. */
    Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    /** What is wrong and, if someone must act, what to do; empty while there is no outage. */
    Optional<String> outage();

    /**
     * Whether one more request is wanted during an outage: all that wait have been tried, and an
     * order that always fails must not be the only test of whether the outage is over.
     */
    boolean takesOneMore();
}
