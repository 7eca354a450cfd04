package io.github.orderlookup.supervision;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A timer of one daemon thread that reports what its tasks throw to the {@link Supervisor}.
 * Otherwise it would stay in a {@code Future} that is never read, and a periodic task would end
 * unnoticed.
 *
 * <p>Thread-safe.
 */
public final class SupervisedTimer extends ScheduledThreadPoolExecutor {

    private final Supervisor supervisor;

    public SupervisedTimer(String threadName, Supervisor supervisor) {
        super(1, task -> daemon(task, threadName));
        this.supervisor = supervisor;
        setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        Throwable failure = thrown == null ? failureOf(task) : thrown;
        if (failure != null) {
            supervisor.onError("A timer task of order-lookup", failure);
        }
    }

    private static @Nullable Throwable failureOf(Runnable task) {
        if (task instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (CancellationException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return null;
    }
}
