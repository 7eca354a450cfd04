package io.github.orderlookup.partnercenter;

/**
 * What the calls to Partner Center come to at one moment, for whoever watches.
 *
 * @param inFlight calls under way
 * @param waiting lookups that wait for their turn, their back-off or the end of a pause
 * @param rate calls a minute that may start now; infinite without a limit
 * @param pauses pauses that Partner Center has asked for by a 429 since the start
 * @param pausedCustomers customers whose lookups wait for the end of one
 * @param pausedForAll whether all lookups do
 * @param breaker whether there is an outage
 */
public record CallFigures(
        int inFlight,
        int waiting,
        double rate,
        long pauses,
        int pausedCustomers,
        boolean pausedForAll,
        BreakerState breaker) {}
