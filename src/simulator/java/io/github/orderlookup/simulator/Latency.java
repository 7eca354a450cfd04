package io.github.orderlookup.simulator;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an origin takes before it answers: evenly distributed between two bounds. Thread-safe.
 */
final class Latency {

    private volatile Bounds bounds = new Bounds(0, 0);

    void between(Duration least, Duration most) {
        bounds = new Bounds(least.toMillis(), most.toMillis());
    }

    Duration next() {
        Bounds now = bounds;
        return Duration.ofMillis(
                now.least == now.most
                        ? now.least
                        : ThreadLocalRandom.current().nextLong(now.least, now.most + 1));
    }

    private record Bounds(long least, long most) {}
}
