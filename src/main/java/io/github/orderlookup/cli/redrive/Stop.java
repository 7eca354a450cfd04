package io.github.orderlookup.cli.redrive;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a run is to end before it is done. Thread-safe. */
public final class Stop {

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks the run to end: it commits what it has sent and sends no more. */
    public void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits, but no longer than until the run is to end.
     *
     * @return whether it goes on
     */
    boolean sleep(Duration time) {
        try {
            return !requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
