package io.github.orderlookup.admission;

/** The state of Partner Center and of the sign-in. */
public enum CircuitBreakerState {
    /** Calls start as the settings allow. */
    CLOSED,
    /** An outage is over, and the calls under way at once climb back to what the settings allow. */
    HALF_OPEN,
    /** An outage: call after call fails, or no token can be obtained. */
    OPEN
}
