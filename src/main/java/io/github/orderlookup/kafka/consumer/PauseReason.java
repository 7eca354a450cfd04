package io.github.orderlookup.kafka.consumer;

/** Why polling takes no records on purpose. */
public enum PauseReason {
    /** Outcomes cannot be published. */
    OUTCOMES,
    /** Lookups cannot be answered: Partner Center or its login host is down. */
    OUTAGE,
    /** Requests taken and not yet answered hold as much memory as they may. */
    MEMORY,
    /**
     * So many requests are taken and not yet committed that another poll could exceed the limit.
     */
    PENDING
}
