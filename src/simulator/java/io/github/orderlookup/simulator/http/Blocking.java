package io.github.orderlookup.simulator.http;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for Vert.x from threads that may block. */
public final class Blocking {

    private Blocking() {}

    /**
     * @throws IllegalStateException when the future fails or is not done after 30 seconds
     */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }
}
