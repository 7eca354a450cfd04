package io.github.orderlookup.supervision;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RunQueueDelayTest {

    /** More threads than processors want to run all the time: some of them wait. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void growsWhileMoreThreadsWantToRunThanThereAreProcessors() {
        RunQueueDelay delay = new RunQueueDelay();
        int threads = 4 * Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicBoolean stop = new AtomicBoolean();
        try {
            for (int thread = 0; thread < threads; thread++) {
                pool.execute(() -> spin(stop));
            }
            await().until(() -> delay.sinceLast().compareTo(Duration.ofMillis(100)) > 0);
        } finally {
            stop.set(true);
            pool.shutdownNow();
        }
    }

    private static void spin(AtomicBoolean stop) {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
    }
}
