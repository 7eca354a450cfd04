package io.github.orderlookup.simulator.login;

import java.time.Instant;

/** An access token given out. */
public record AccessToken(String value, String audience, Instant expiry) {}
