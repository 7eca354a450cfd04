package io.github.orderlookup.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The progress of threads that mostly wait for work: a task passes from one to the next and reports
 * progress after the last. If a thread hangs, the task waits there, and the worker becomes stalled.
 *
 * <p>Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

    private final Worker worker;
    private final List<Executor> threads;
    private final ScheduledExecutorService timer;
    private final Duration pause;
    private volatile boolean closed;

    /**
     * @param threads run the task one after the other
     * @param timer begins each round
     * @param pause between two rounds
     */
    public Heartbeat(
            Worker worker, List<Executor> threads, ScheduledExecutorService timer, Duration pause) {
        this.worker = worker;
        this.threads = List.copyOf(threads);
        this.timer = timer;
        this.pause = pause;
    }

    /** Begins the first round. */
    public Heartbeat start() {
        goOn(0);
        return this;
    }

    private void goOn(int next) {
        if (closed) {
            return;
        }
        try {
            if (next < threads.size()) {
                threads.get(next).execute(() -> goOn(next + 1));
            } else {
                worker.progress();
                ScheduledFuture<?> unused =
                        timer.schedule(() -> goOn(0), pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            // The process stops.
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
