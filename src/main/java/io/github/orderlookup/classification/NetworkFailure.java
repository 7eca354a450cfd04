package io.github.orderlookup.classification;

/** Why no complete response came. */
public enum NetworkFailure {
    /** No connection, a reset, a refused certificate, a body shorter than announced. */
    NETWORK,
    /** The complete response was not there in time. */
    TIMEOUT
}
