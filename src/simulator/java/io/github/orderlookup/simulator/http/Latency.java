package io.github.orderlookup.simulator.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an origin takes before it answers: evenly distributed between two bounds. Thread-safe.
 */
public final class Latency {

    private volatile Bounds bounds = new Bounds(0, 0);

    public void between(Duration least, Duration most) {
        bounds = new Bounds(least.toMillis(), most.toMillis());
    }

    public Duration next() {
        Bounds now = bounds;
        return Duration.ofMillis(
                now.least == now.most
                        ? now.least
                        : ThreadLocalRandom.current().nextLong(now.least, now.most + 1));
    }

    private record Bounds(long least, long most) {}
}
