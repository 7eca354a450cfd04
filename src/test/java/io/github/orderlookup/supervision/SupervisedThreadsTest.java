package io.github.orderlookup.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that a task throws is lost, wherever it runs. */
class SupervisedThreadsTest {

    private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    private final Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SupervisedTimer timer = new SupervisedTimer("test-timer", supervisor);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private static void exhaust() {
        throw new OutOfMemoryError("thrown by a test");
    }

    @Test
    void reportsWhatATaskThrows() throws Exception {
        new SupervisedExecutor(threads, supervisor).execute(SupervisedThreadsTest::exhaust);

        assertThat(ends.poll(1, TimeUnit.MINUTES)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void reportsWhatATimerTaskThrows() throws Exception {
        Future<?> unused = timer.schedule(SupervisedThreadsTest::exhaust, 1, TimeUnit.MILLISECONDS);

        assertThat(ends.poll(1, TimeUnit.MINUTES)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void reportsWhatEndsAPeriodicTask() throws Exception {
        Future<?> unused =
                timer.scheduleAtFixedRate(
                        SupervisedThreadsTest::exhaust, 1, 1, TimeUnit.MILLISECONDS);

        assertThat(ends.poll(1, TimeUnit.MINUTES)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void beatsWhileEveryThreadGetsOn() {
        Worker worker = supervisor.worker("threads", Duration.ofMillis(500));
        AtomicBoolean beaten = new AtomicBoolean();
        Executor second =
                task -> {
                    beaten.set(true);
                    threads.execute(task);
                };
        try (Heartbeat beat =
                new Heartbeat(worker, List.of(threads, second), timer, Duration.ofMillis(10))) {
            Awaitility.await().until(worker::isStalled);

            beat.start();

            Awaitility.await().until(() -> beaten.get() && !worker.isStalled());
        }
    }

    @Test
    void stallsWhereAThreadHangs() {
        Worker worker = supervisor.worker("threads", Duration.ofMillis(100));
        CountDownLatch hanging = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (Heartbeat beat =
                new Heartbeat(worker, List.of(threads, one), timer, Duration.ofMillis(10))) {
            beat.start();
            one.execute(() -> awaitQuietly(hanging));

            Awaitility.await().until(worker::isStalled);
            hanging.countDown();
            Awaitility.await().until(() -> !worker.isStalled());
        } finally {
            one.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
