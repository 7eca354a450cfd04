package io.github.orderlookup.supervision;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An executor that reports what its tasks throw to the {@link Supervisor}, so that no thread ends
 * unnoticed. What a submitted task throws stays in its {@code Future}.
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
