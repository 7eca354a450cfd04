package io.github.orderlookup.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Owns what one lookup holds (call permit, memory, place in a queue, span), and knows whether its
 * caller is gone.
 *
 * <p>Invariants: each resource is released exactly once, by its {@link Hold} or by {@link #close},
 * whichever comes first; each cancellation listener is called at most once, and none after the
 * scope is closed. Thread-safe; nothing runs under the lock, which guards all fields.
 */
final class Scope {

    private final ReentrantLock lock = new ReentrantLock();

    /** A few each: a list is the smallest set. */
    private final List<Registration> resources = new ArrayList<>(4);

    private final List<Registration> listeners = new ArrayList<>(1);
    private boolean cancelled;
    private boolean closed;

    /** An action that runs once: the thread that takes it out of its list runs it. */
    private final class Registration implements Hold {

        private final Runnable action;

        Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void release() {
            if (takeOut(this, resources)) {
                action.run();
            }
        }
    }

    /** See {@link Lookup#hold}. */
    Hold hold(Runnable release) {
        Registration added = new Registration(release);
        if (!add(added)) {
            release.run();
        }
        return added;
    }

    private boolean add(Registration added) {
        lock.lock();
        try {
            return !closed && resources.add(added);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Lookup#onCancel}. */
    Hold onCancel(Runnable listener) {
        Registration added = new Registration(listener);
        if (mustRunNow(added)) {
            listener.run();
        }
        return () -> takeOut(added, listeners);
    }

    private boolean mustRunNow(Registration added) {
        lock.lock();
        try {
            if (closed || cancelled) {
                return cancelled && !closed;
            }
            listeners.add(added);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeOut(Registration registration, List<Registration> list) {
        lock.lock();
        try {
            return list.remove(registration);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Lookup#cancel}. */
    void cancel() {
        List<Registration> notified;
        lock.lock();
        try {
            cancelled |= !closed;
            notified = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        runAll(notified);
    }

    boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Lookup#release}. */
    void close() {
        List<Registration> released;
        lock.lock();
        try {
            closed = true;
            released = new ArrayList<>(resources);
            resources.clear();
            listeners.clear();
        } finally {
            lock.unlock();
        }
        runAll(released);
    }

    /** One that fails keeps none of the others from running. */
    private static void runAll(List<Registration> registrations) {
        Throwable failure = null;
        for (Registration registration : registrations) {
            failure = failure(registration, failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static @Nullable Throwable failure(Registration run, @Nullable Throwable before) {
        try {
            run.action.run();
            return before;
        } catch (RuntimeException | Error e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
