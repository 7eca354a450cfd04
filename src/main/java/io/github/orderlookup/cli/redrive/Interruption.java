package io.github.orderlookup.cli.redrive;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a run on SIGINT or SIGTERM, and keeps the process until the run has committed what it has
 * sent and has printed its summary.
 */
public final class Interruption {

    /** A little more than a send may take with all its retries. */
    private static final int PATIENCE_SECONDS = 35;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Stop stop) {
        hook = new Thread(() -> await(stop), "order-lookup-redrive-stop");
    }

    /** Watches for signals until it is closed. */
    public static Interruption of(Stop stop) {
        Interruption interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void await(Stop stop) {
        stop.request();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended. */
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, which is what the hook waits for.
        }
    }
}
