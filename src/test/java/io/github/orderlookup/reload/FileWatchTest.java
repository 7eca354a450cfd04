package io.github.orderlookup.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileWatchTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private boolean rejects;
    private final FileWatch watch =
            new FileWatch(this::execute, (where, thrown) -> errors.add(thrown));

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void looksAtTheOthersWhenOneLookFails(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getDeclaredConstructor().newInstance();
        watch.add(() -> fail(thrown));
        watch.add(looks::incrementAndGet);

        tick();
        tick();

        assertThat(looks).hasValue(2);
        assertThat(errors).containsExactly(thrown, thrown);
    }

    @Test
    void startsNoLookBeforeTheLastOneIsOver() {
        watch.add(looks::incrementAndGet);

        watch.tick();
        watch.tick();

        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        watch.tick();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void looksAgainAfterThereWasNoThread() {
        watch.add(looks::incrementAndGet);
        rejects = true;
        watch.tick();
        assertThat(errors).hasSize(1);
        rejects = false;

        tick();

        assertThat(looks).hasValue(1);
    }

    private void tick() {
        watch.tick();
        tasks.remove().run();
    }

    private void execute(Runnable task) {
        if (rejects) {
            throw new RejectedExecutionException("full");
        }
        tasks.add(task);
    }

    private static void fail(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
