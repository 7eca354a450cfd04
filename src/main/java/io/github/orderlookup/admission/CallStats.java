package io.github.orderlookup.admission;

import io.github.orderlookup.memory.ResponseMemory;

/**
 * A snapshot of the calls to Partner Center, for metrics and the console.
 *
 * @param inFlight calls under way
 * @param waiting lookups that wait for a permit, their back-off or the end of a pause
 * @param rate calls a minute that may start now; infinite without a limit
 * @param pauses pauses that Partner Center has asked for by a 429 since the start
 * @param pausedCustomers customers whose lookups wait for the end of one
 * @param pausedForAll whether all lookups do
 * @param breaker whether there is an outage
 * @param cancelled waiting lookups that were given up since the start, as their caller was gone
 * @param dropped waiting lookups that were given up, as the process stops
 * @param memory what answers hold of the heap
 */
public record CallStats(
        int inFlight,
        int waiting,
        double rate,
        long pauses,
        int pausedCustomers,
        boolean pausedForAll,
        CircuitBreakerState breaker,
        long cancelled,
        long dropped,
        Memory memory) {

    /**
     * The memory for large answers, in bytes, in the share of the callers (REST and {@code
     * direct:}) and in that of Kafka.
     *
     * @param limit of each share
     */
    public record Memory(long callers, long kafka, long limit) {

        static Memory of(ResponseMemory.Shares shares) {
            return new Memory(
                    shares.callers().held(), shares.kafka().held(), shares.kafka().limit());
        }
    }
}
