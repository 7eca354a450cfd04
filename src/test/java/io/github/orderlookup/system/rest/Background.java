package io.github.orderlookup.system.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs blocking calls at once, each on a thread of its own. */
final class Background {

    private static final Executor THREADS =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "background");
                        thread.setDaemon(true);
                        return thread;
                    });

    private Background() {}

    static <T> CompletableFuture<T> call(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, THREADS);
    }
}
