package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when told. */
public final class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration duration) {
        now = now.plus(duration);
    }
}
