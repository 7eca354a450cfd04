package io.github.orderlookup.classification;

/** Why no whole answer came. */
public enum NetworkFailure {
    /** No connection, a reset, a refused certificate, a body shorter than announced. */
    NETWORK,
    /** The whole answer was not there in time. */
    TIMEOUT
}
