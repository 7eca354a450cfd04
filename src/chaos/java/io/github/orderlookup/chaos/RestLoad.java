package io.github.orderlookup.chaos;

import io.github.orderlookup.system.TlsConnection;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lookups over REST and TLS at a steady rate, from callers who keep their connections, and now and
 * then make a new one. Thread-safe.
 */
final class RestLoad implements AutoCloseable {
    private static final int CALLERS = 20;
    private static final int NEW_EVERY = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final URI rest;
    private final Duration between;
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile String key;
    private volatile boolean asking = true;

    /** Starts to ask. */
    RestLoad(URI rest, String key, int perSecond) {
        this.rest = rest;
        this.key = key;
        this.between = Duration.ofSeconds(1).multipliedBy(CALLERS).dividedBy(perSecond);
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(this::ask, "rest-load-" + i);
            callers.add(caller);
            caller.start();
        }
    }

    String key() {
        return key;
    }

    void useKey(String next) {
        key = next;
    }

    int answered() {
        return answered.get();
    }

    int connections() {
        return connections.get();
    }

    /** What went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    void awaitAnswers(int count) {
        Instant end = Instant.now().plus(PATIENCE);
        while (answered() < count) {
            if (Instant.now().isAfter(end) || !failures.isEmpty()) {
                throw new AssertionError(answered() + " of " + count + " answers; " + failures());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void ask() {
        try (TlsConnection kept = open()) {
            Instant next = Instant.now();
            for (int i = 0; asking; i++) {
                ask(kept, i);
                if (i % NEW_EVERY == 0) {
                    try (TlsConnection fresh = open()) {
                        ask(fresh, i);
                    }
                }
                next = next.plus(between);
                LockSupport.parkNanos(Duration.between(Instant.now(), next).toNanos());
            }
        } catch (UncheckedIOException e) {
            failures.add(String.valueOf(e.getCause()));
        }
    }

    private TlsConnection open() {
        connections.incrementAndGet();
        return TlsConnection.open(rest);
    }

    private void ask(TlsConnection connection, int i) {
        int status = connection.lookUp("order--" + i, key);
        answered.incrementAndGet();
        if (status != 200) {
            failures.add("status " + status);
        }
    }

    void stop() {
        asking = false;
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
