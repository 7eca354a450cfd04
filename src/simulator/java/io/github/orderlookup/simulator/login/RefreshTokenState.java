package io.github.orderlookup.simulator.login;

/** What has become of a refresh token. */
enum RefreshTokenState {
    LIVE,
    EXPIRED,
    REVOKED,
    UNKNOWN
}
