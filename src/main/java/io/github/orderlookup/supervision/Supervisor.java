package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that knows of each worker when it last got on, and that decides what an {@code
 * Error} means for the process.
 *
 * <p>Thread-safe.
 */
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Map<String, Worker> workers = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private final Consumer<Throwable> end;

    /**
     * @param clock monotonic
     * @param end ends the process, in our own main; in a host it tells readiness
     */
    public Supervisor(Clock clock, Consumer<Throwable> end) {
        this.clock = clock;
        this.end = end;
    }

    /**
     * Registers a worker.
     *
     * @param patience the longest time between two signs of progress of a worker that is well
     */
    public Worker worker(String name, Duration patience) {
        return workers.computeIfAbsent(name, absent -> new Worker(name, patience, clock));
    }

    /** The worker has ended as it should: nothing is expected of it any more. */
    public void remove(Worker worker) {
        workers.remove(worker.name(), worker);
    }

    public List<Worker> workers() {
        return List.copyOf(workers.values());
    }

    /**
     * Something was thrown that nothing handles. An exhausted heap, or another error of the virtual
     * machine, ends the process: no statement about its state is true any more.
     *
     * @param where what was being done, in words
     */
    public void onError(String where, Throwable thrown) {
        LOG.error("{} failed unexpectedly", where, thrown);
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            end.accept(thrown);
        }
    }
}
