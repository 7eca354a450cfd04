package io.github.orderlookup.supervision;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Bounds how long the process takes to end once it has begun to: shutdown hooks of others may hang,
 * or fail for want of heap.
 *
 * <p>Thread-safe.
 */
public final class ShutdownLimit {

    /** How a JVM says that SIGTERM has ended it. */
    private static final int TERMINATED = 143;

    private final IntConsumer halt;
    private final Duration limit;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicInteger code = new AtomicInteger(TERMINATED);

    /**
     * @param halt ends the process with a code, at once
     * @param limit from the begin of the shutdown to its end
     */
    public ShutdownLimit(IntConsumer halt, Duration limit) {
        this.halt = halt;
        this.limit = limit;
        Thread thread = new Thread(this::await, "order-lookup-shutdown-limit");
        thread.setDaemon(true);
        thread.start();
    }

    /** The process is about to exit with this code, and not by a signal. */
    public void exits(int exitCode) {
        code.set(exitCode);
    }

    /** The shutdown begins: for a shutdown hook. */
    public void begin() {
        ending.countDown();
    }

    private void await() {
        try {
            ending.await();
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
        } catch (InterruptedException e) {
            // Nothing interrupts it but the end of the process.
        }
        halt.accept(code.get());
    }
}
