package io.github.orderlookup.simulator;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are under way, and how many were at most. Thread-safe. */
final class InFlight {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    void enter(HttpServerRequest request) {
        peak.accumulateAndGet(now.incrementAndGet(), Math::max);
        request.response().endHandler(ended -> now.decrementAndGet());
    }

    int now() {
        return now.get();
    }

    int peak() {
        return peak.get();
    }

    void resetPeak() {
        peak.set(now.get());
    }
}
