package io.github.orderlookup.simulator;

/** What has become of a refresh token. */
enum RefreshTokenState {
    LIVE,
    EXPIRED,
    REVOKED,
    UNKNOWN
}
