package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of workers, which also decides what an {@code Error} means for the process.
 *
 * <p>Thread-safe.
 */
public final class Supervisor {

    /** Is notified of workers; thread-safe. */
    public interface Listener {
        void added(Worker worker);

        void removed(Worker worker);
    }

    /** The name under which it is in the registry of the Camel context. */
    public static final String NAME = "order-lookup-supervisor";

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Map<String, Worker> workers = new ConcurrentSkipListMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
    private final LongAdder errors = new LongAdder();
    private final Clock clock;
    private final Consumer<Throwable> end;

    /**
     * @param clock monotonic
     * @param end ends the process, in our own main; in a host it does nothing, and only readiness
     *     shows it
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
        Worker made = new Worker(name, patience, clock);
        Worker known = workers.putIfAbsent(name, made);
        if (known == null) {
            listeners.forEach(listener -> listener.added(made));
        }
        return known == null ? made : known;
    }

    /** The worker has ended as it should: nothing is expected of it any more. */
    public void remove(Worker worker) {
        if (workers.remove(worker.name(), worker)) {
            listeners.forEach(listener -> listener.removed(worker));
        }
    }

    /** All workers, by name. */
    public List<Worker> workers() {
        return List.copyOf(workers.values());
    }

    /** Calls the listener for each worker that there is, and for each that is registered later. */
    public void addListener(Listener listener) {
        listeners.add(listener);
        workers().forEach(listener::added);
    }

    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * Something was thrown that nothing handles. An exhausted heap, or another error of the virtual
     * machine, ends the process: no statement about its state is true any more.
     *
     * @param where what was being done, in words
     */
    public void onError(String where, Throwable thrown) {
        errors.increment();
        Throwable cause = fatalCause(thrown);
        if (cause != null) {
            fatal.compareAndSet(null, cause);
        }
        try {
            LOG.error("{} failed unexpectedly", where, thrown);
        } finally {
            if (cause != null) {
                end.accept(cause);
            }
        }
    }

    /**
     * A part of the process will not recover: our own main ends, to be started again.
     *
     * @param why in words
     */
    void giveUp(String why) {
        Throwable reason = new IllegalStateException(why);
        fatal.compareAndSet(null, reason);
        try {
            LOG.error("{}. The process cannot go on.", why);
        } finally {
            end.accept(reason);
        }
    }

    /**
     * A library has logged an error that the process does not recover from. Called from the log, so
     * it logs nothing.
     */
    public void onLoggedError(Throwable error) {
        if (fatal.compareAndSet(null, error)) {
            errors.increment();
        }
        end.accept(error);
    }

    /** How often something was thrown that nothing handled. */
    public long errors() {
        return errors.sum();
    }

    /** What makes it impossible to go on, if anything: an error of the virtual machine. */
    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    /**
     * The error of the virtual machine that this one is, or that caused it; null if there is none.
     * An overflow of the stack is over once it is thrown.
     */
    public static @Nullable Throwable fatalCause(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
