package io.github.orderlookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class OrderLookupTest {

    @Test
    void neverRunsACallOnTheThreadThatHandsItOver() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Supervisor supervisor = new Supervisor(Clock.systemUTC(), thrown -> {});
            Executor executor = LookupExecutors.pools(context, supervisor, 1).threads().calls();
            CountDownLatch handedOver = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(5_000);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();

            executor.execute(() -> await(handedOver));
            for (int i = 0; i < 5_000; i++) {
                executor.execute(
                        () -> {
                            threads.add(Thread.currentThread());
                            done.countDown();
                        });
            }
            handedOver.countDown();
            await(done);

            assertThat(threads).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void saysThatItHasNoContextBeforeItIsGivenOne() {
        assertThat(new OrderLookup().getCamelContext()).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
