package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One worker of the process, which says that it got on, or why it stands still on purpose.
 *
 * <p>A worker that says neither for longer than its patience is stalled: that needs no help from a
 * thread that may be dead. Thread-safe.
 */
public final class Worker {

    private final String name;
    private final Duration patience;
    private final Clock clock;
    private final AtomicReference<Instant> lastProgress;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

    /**
     * Why a worker stands still on purpose.
     *
     * @param reason in words, for an operator
     * @param since by the monotonic clock
     */
    public record Pause(String reason, Instant since) {}

    Worker(String name, Duration patience, Clock clock) {
        this.name = name;
        this.patience = patience;
        this.clock = clock;
        this.lastProgress = new AtomicReference<>(clock.instant());
    }

    public String name() {
        return name;
    }

    /** The worker got on. */
    public void progress() {
        lastProgress.set(clock.instant());
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

    /** How long ago the worker last got on. */
    public Duration sinceProgress() {
        return Duration.between(lastProgress.get(), clock.instant());
    }

    /** Whether the worker has said nothing for longer than its patience, paused or not. */
    public boolean isStalled() {
        return sinceProgress().compareTo(patience) > 0;
    }
}
