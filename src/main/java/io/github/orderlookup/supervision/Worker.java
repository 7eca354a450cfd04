package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One worker of the process, which says that it got on, that it has nothing to do, or why it stands
 * still on purpose.
 *
 * <p>A worker that says neither for longer than its patience is stalled: that needs no help from a
 * thread that may be dead. A pause is no sign of progress: a worker that is paused and alive says
 * so by {@link #progress()} as well. Thread-safe.
 */
public final class Worker {

    private final String name;
    private final Duration patience;
    private final Clock clock;
    private volatile Progress last;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

    /**
     * Why a worker stands still on purpose.
     *
     * @param reason in words, for an operator
     * @param since by the monotonic clock
     */
    public record Pause(String reason, Instant since) {}

    private record Progress(Instant at, boolean idle) {}

    Worker(String name, Duration patience, Clock clock) {
        this.name = name;
        this.patience = patience;
        this.clock = clock;
        this.last = new Progress(clock.instant(), false);
    }

    public String name() {
        return name;
    }

    /** The longest time between two signs of progress of a worker that is well. */
    public Duration patience() {
        return patience;
    }

    /** The worker got on, or begins to work. */
    public void progress() {
        last = new Progress(clock.instant(), false);
    }

    /** The worker has nothing to do: it is not stalled, however long, until it begins to work. */
    public void idle() {
        last = new Progress(clock.instant(), true);
    }

    /** The worker takes no more work, on purpose; the first call of a pause sets its start. */
    public void pause(String reason) {
        pause.updateAndGet(
                before -> {
                    Instant since = before == null ? clock.instant() : before.since();
                    return new Pause(reason, since);
                });
    }

    /** The worker takes work again. */
    public void resume() {
        pause.set(null);
    }

    /** Why the worker stands still on purpose; empty while it does not. */
    public Optional<Pause> pause() {
        return Optional.ofNullable(pause.get());
    }

    /** How long the worker has stood still on purpose; zero while it does not. */
    public Duration paused() {
        return pause().map(now -> Duration.between(now.since(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** How long ago the worker last got on; zero while it has nothing to do. */
    public Duration sinceProgress() {
        Progress progress = last;
        return progress.idle() ? Duration.ZERO : Duration.between(progress.at(), clock.instant());
    }

    /** Whether the worker has said nothing for longer than its patience, paused or not. */
    public boolean isStalled() {
        return sinceProgress().compareTo(patience) > 0;
    }

    /** What there is to say of the worker, in words, for an operator. */
    public String inWords() {
        if (isStalled()) {
            return "has not got on for " + Words.of(sinceProgress());
        }
        return pause().map(now -> "paused for " + Words.of(paused()) + ": " + now.reason())
                .orElse("gets on");
    }
}
