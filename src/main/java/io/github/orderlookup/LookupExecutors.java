package io.github.orderlookup;

import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.supervision.SupervisedExecutor;
import io.github.orderlookup.supervision.Supervisor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;

/**
 * The executors on which lookups go on.
 *
 * <p>From JDK 21 on a virtual thread for each piece of work; before, three pools that cannot
 * exhaust each other (see {@link LookupThreads}), whose threads end when they have nothing to do.
 * What comes on top waits in a queue, which is bounded by the lookups that are admitted: where
 * Camel's default is full, work runs on the thread that hands it over, and a call that ran on the
 * poll thread or on the timer would hold up everything else.
 */
final class LookupExecutors implements AutoCloseable {

    /** The first feature version of Java that has them. */
    private static final int VIRTUAL_THREADS = 21;

    private static final int REFUSING_THREADS = 16;

    private final CamelContext camel;
    private final LookupThreads threads;
    private final List<ExecutorService> executors;

    private LookupExecutors(
            CamelContext camel,
            Supervisor supervisor,
            ExecutorService calls,
            ExecutorService kafka,
            ExecutorService refusals) {
        this.camel = camel;
        this.threads =
                new LookupThreads(
                        new SupervisedExecutor(calls, supervisor),
                        new SupervisedExecutor(kafka, supervisor),
                        new SupervisedExecutor(refusals, supervisor));
        this.executors = Stream.of(calls, kafka, refusals).distinct().toList();
    }

    /**
     * @param calls how many calls may be under way at once
     */
    static LookupExecutors of(CamelContext camel, Supervisor supervisor, int calls)
            throws Exception {
        if (Runtime.version().feature() >= VIRTUAL_THREADS) {
            ExecutorService virtual =
                    (ExecutorService)
                            Executors.class
                                    .getMethod("newVirtualThreadPerTaskExecutor")
                                    .invoke(null);
            return new LookupExecutors(camel, supervisor, virtual, virtual, virtual);
        }
        return pools(camel, supervisor, calls);
    }

    static LookupExecutors pools(CamelContext camel, Supervisor supervisor, int calls) {
        return new LookupExecutors(
                camel,
                supervisor,
                pool(camel, "order-lookup", calls),
                pool(camel, "order-lookup-kafka", calls),
                pool(camel, "order-lookup-refusals", REFUSING_THREADS));
    }

    private static ExecutorService pool(CamelContext camel, String name, int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setAllowCoreThreadTimeOut(true);
        return camel.getExecutorServiceManager().newThreadPool(OrderLookup.class, name, profile);
    }

    LookupThreads threads() {
        return threads;
    }

    @Override
    public void close() {
        executors.forEach(camel.getExecutorServiceManager()::shutdownNow);
    }
}
