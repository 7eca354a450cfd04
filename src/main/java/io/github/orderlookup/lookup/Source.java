package io.github.orderlookup.lookup;

/**
 * Where a lookup came in, and the policy for lookups of that source. A caller of REST or {@code
 * direct:} waits for its answer; a record of Kafka can wait for long, and is read again where its
 * lookup ends without an outcome.
 *
 * <p>The names are labels of metrics.
 */
public enum Source {
    /** A route of the same Camel context, by {@code direct:order-lookup}. */
    CAMEL,
    /** A record of the request topic. */
    KAFKA,
    /** A request over HTTP. */
    REST,
    /** A record of the waiting topic: another look at an order that moves. */
    WAITING;

    /**
     * The two parts into which call slots, threads and memory are divided, so that neither takes
     * all of what the other needs. Calls of {@link #CALLERS} have priority.
     */
    public enum Share {
        /** REST and {@code direct:}. */
        CALLERS,
        KAFKA
    }

    private boolean isRecord() {
        return this == KAFKA || this == WAITING;
    }

    /** Whether its lookups come after those of all others; see {@link Lookup#yields}. */
    public boolean yields() {
        return this == WAITING;
    }

    /** The share of slots, threads and memory that its lookups take. */
    public Share share() {
        return isRecord() ? Share.KAFKA : Share.CALLERS;
    }

    /** Whether its lookups wait for the end of an outage; those of other sources fail at once. */
    public boolean waitsForOutageEnd() {
        return isRecord();
    }

    /**
     * Whether the allowance of a lookup counts the time of its calls alone: it runs from the first
     * permit to call and stands still while the lookup waits for a permit or for memory. For other
     * sources it runs from the arrival. A deadline in the request itself is absolute.
     */
    boolean countsCallTimeOnly() {
        return isRecord();
    }

    /** Whether its lookups fail after a second without a free slot or without memory. */
    public boolean failsFast() {
        return this == REST;
    }

    /**
     * Whether a lookup that waits when the process stops ends without an outcome: its offset stays
     * uncommitted, and another instance reads the record. Otherwise it ends in a problem.
     */
    public boolean isReadAgainAfterStop() {
        return isRecord();
    }

    /**
     * Whether a lookup whose caller is gone ends without an outcome. Otherwise it ends in a
     * problem, since the route that called goes on.
     */
    public boolean endsSilentlyWhenCancelled() {
        return this != CAMEL;
    }
}
