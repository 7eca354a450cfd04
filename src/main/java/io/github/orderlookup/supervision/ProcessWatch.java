package io.github.orderlookup.supervision;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the process of our own main in a thread that nothing else uses: whether there is heap
 * left, and whether a worker has been stalled for so long that it will not recover.
 *
 * <p>For one thread.
 */
public final class ProcessWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);

    /** No allocation of this size fails in a process that is well. */
    private static final int CANARY = 256 << 10;

    private final Supervisor supervisor;
    private final Runnable chores;
    private final int patience;
    private final Map<String, Integer> stalled = new HashMap<>();
    private final AtomicReference<byte @Nullable []> canary = new AtomicReference<>();

    /**
     * @param chores what else is to be done now and then
     * @param patience how many times in a row a worker may be found stalled before the process
     *     ends; counted, not timed: a process that was stopped for hours and goes on has time
     */
    public ProcessWatch(Supervisor supervisor, Runnable chores, int patience) {
        this.supervisor = supervisor;
        this.chores = chores;
        this.patience = patience;
    }

    /** Looks once. */
    @Override
    public void run() {
        try {
            canary.set(new byte[CANARY]);
            canary.set(null);
            List<Worker> workers = supervisor.workers();
            stalled.keySet().retainAll(workers.stream().map(Worker::name).toList());
            workers.forEach(this::look);
            chores.run();
        } catch (Throwable e) {
            supervisor.onError("The watch over the process", e);
        }
    }

    private void look(Worker worker) {
        if (!worker.isStalled()) {
            if (stalled.remove(worker.name()) != null) {
                LOG.info("The worker {} gets on again.", worker.name());
            }
            return;
        }
        int times = stalled.merge(worker.name(), 1, Integer::sum);
        if (times == 1) {
            LOG.error("The worker {} {}.", worker.name(), worker.inWords());
        }
        if (times == patience) {
            supervisor.giveUp(
                    "The worker " + worker.name() + " " + worker.inWords() + " and will not again");
        }
    }

    /** Looks every second, in a daemon thread of its own, until the process ends. */
    public Thread start(Duration interval) {
        Thread thread = new Thread(() -> forEver(interval), "order-lookup-watch");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void forEver(Duration interval) {
        try {
            while (true) {
                run();
                Thread.sleep(interval.toMillis());
            }
        } catch (InterruptedException e) {
            // Nothing interrupts it but the end of the process.
        }
    }
}
