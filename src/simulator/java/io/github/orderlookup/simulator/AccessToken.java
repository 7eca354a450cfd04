package io.github.orderlookup.simulator;

import java.time.Instant;

/** An access token given out. */
record AccessToken(String value, String audience, Instant expiry) {}
