package io.github.orderlookup.simulator.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are under way, and how many were at most. Thread-safe. */
public final class InFlight {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    public void enter(HttpServerRequest request) {
        peak.accumulateAndGet(now.incrementAndGet(), Math::max);
        request.response().endHandler(ended -> now.decrementAndGet());
    }

    public int now() {
        return now.get();
    }

    public int peak() {
        return peak.get();
    }

    public void resetPeak() {
        peak.set(now.get());
    }
}
