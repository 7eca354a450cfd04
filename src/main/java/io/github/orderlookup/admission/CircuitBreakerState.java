package io.github.orderlookup.admission;

/** What the breaker makes of Partner Center and of its login host. */
public enum CircuitBreakerState {
    /** Calls leave as the settings allow. */
    CLOSED,
    /** An outage is over, and the calls under way at once climb back to what the settings allow. */
    HALF_OPEN,
    /** An outage: call after call fails, or nobody can sign in. */
    OPEN
}
