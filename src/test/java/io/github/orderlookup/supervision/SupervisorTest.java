package io.github.orderlookup.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final List<Throwable> ends = new ArrayList<>();
    private final Supervisor supervisor = new Supervisor(clock, ends::add);

    @Test
    void findsAWorkerStalledThatSaysNothing() {
        Worker worker = supervisor.worker("poll", PATIENCE);

        clock.advance(PATIENCE);
        assertThat(worker.isStalled()).isFalse();
        clock.advance(Duration.ofMillis(1));

        assertThat(worker.isStalled()).isTrue();
        assertThat(worker.inWords()).isEqualTo("has not got on for 10 s");
    }

    @Test
    void findsADeadWorkerStalledEvenIfItIsPaused() {
        Worker worker = supervisor.worker("poll", PATIENCE);

        worker.pause("the window is full");
        clock.advance(Duration.ofMinutes(5));

        assertThat(worker.isStalled()).isTrue();
    }

    @Test
    void tellsWhyAndHowLongAWorkerIsPaused() {
        Worker worker = supervisor.worker("poll", PATIENCE);

        worker.pause("the window is full");
        clock.advance(Duration.ofSeconds(8));
        worker.pause("the window is still full");
        worker.progress();
        clock.advance(Duration.ofSeconds(8));

        assertThat(worker.paused()).isEqualTo(Duration.ofSeconds(16));
        assertThat(worker.inWords()).isEqualTo("paused for 16 s: the window is still full");
        worker.resume();
        assertThat(worker.paused()).isZero();
        assertThat(worker.inWords()).isEqualTo("gets on");
    }

    @Test
    void expectsNothingOfAnIdleWorker() {
        Worker worker = supervisor.worker("publish", PATIENCE);

        worker.idle();
        clock.advance(Duration.ofHours(5));
        assertThat(worker.isStalled()).isFalse();
        worker.progress();
        clock.advance(Duration.ofHours(5));

        assertThat(worker.isStalled()).isTrue();
    }

    @Test
    void endsTheProcessWhenItsMemoryIsExhausted() {
        OutOfMemoryError exhausted = new OutOfMemoryError();

        supervisor.onError("A test", new ExecutionException(exhausted));

        assertThat(ends).containsExactly(exhausted);
        assertThat(supervisor.fatal()).contains(exhausted);
        assertThat(supervisor.errors()).isOne();
    }

    @Test
    void goesOnAfterWhatConcernsOneTaskAlone() {
        supervisor.onError("A test", new StackOverflowError());
        supervisor.onError("A test", new NoClassDefFoundError());
        supervisor.onError("A test", new IllegalStateException());

        assertThat(ends).isEmpty();
        assertThat(supervisor.fatal()).isEmpty();
        assertThat(supervisor.errors()).isEqualTo(3);
    }

    @Test
    void notifiesOfWorkersThatComeAndGo() {
        List<String> seen = new ArrayList<>();
        Worker first = supervisor.worker("a", PATIENCE);
        supervisor.addListener(
                new Supervisor.Listener() {
                    @Override
                    public void added(Worker worker) {
                        seen.add("+" + worker.name());
                    }

                    @Override
                    public void removed(Worker worker) {
                        seen.add("-" + worker.name());
                    }
                });

        Worker second = supervisor.worker("b", PATIENCE);
        assertThat(supervisor.worker("b", PATIENCE)).isSameAs(second);
        supervisor.remove(first);
        supervisor.remove(first);

        assertThat(seen).containsExactly("+a", "+b", "-a");
    }

    @Test
    void endsTheProcessWhenAWorkerStaysStalled() {
        ProcessWatch watch = new ProcessWatch(supervisor, () -> {}, 3);
        Worker worker = supervisor.worker("poll", PATIENCE);

        clock.advance(Duration.ofHours(1));
        watch.run();
        watch.run();
        worker.progress();
        watch.run();
        clock.advance(Duration.ofHours(1));
        watch.run();
        watch.run();
        assertThat(ends).isEmpty();
        watch.run();

        assertThat(ends)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("poll");
    }

    @Test
    void endsTheProcessWhenTheWatchFindsNoHeap() {
        ProcessWatch watch =
                new ProcessWatch(
                        supervisor,
                        () -> {
                            throw new OutOfMemoryError();
                        },
                        3);

        watch.run();

        assertThat(ends).hasSize(1);
    }
}
