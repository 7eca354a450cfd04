package io.github.orderlookup.supervision;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An executor that tells the {@link Supervisor} what its tasks throw, in place of a thread that
 * ends in silence. What a {@code Future} holds belongs to who has the future.
 *
 * <p>As thread-safe as the executor behind it.
 */
public final class SupervisedExecutor extends AbstractExecutorService {

    private final ExecutorService executor;
    private final Supervisor supervisor;

    public SupervisedExecutor(ExecutorService executor, Supervisor supervisor) {
        this.executor = executor;
        this.supervisor = supervisor;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            supervisor.onError("A task of order-lookup", e);
        }
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return executor.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
