package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One worker of the process, which reports that it made progress, that it is idle, or why it is
 * paused.
 *
 * <p>A worker that reports nothing for longer than its patience is stalled: no thread that may be
 * dead is needed to find that out. A pause is no progress: a worker that is paused and alive calls
 * {@link #progress()} as well. Thread-safe.
 */
public final class Worker {

    private final String name;
    private final Duration patience;
    private final Clock clock;
    private volatile Progress last;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

    /**
     * Why a worker is paused.
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

    /** The worker made progress, or begins to work. */
    public void progress() {
        last = new Progress(clock.instant(), false);
    }

    /** The worker is idle: it is not stalled, however long, until it begins to work. */
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

    /** Why the worker is paused; empty while it is not. */
    public Optional<Pause> pause() {
        return Optional.ofNullable(pause.get());
    }

    /** How long the worker has been paused; zero while it is not. */
    public Duration paused() {
        return pause().map(now -> Duration.between(now.since(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** How long ago the worker last made progress; zero while it is idle. */
    public Duration sinceProgress() {
        Progress progress = last;
        return progress.idle() ? Duration.ZERO : Duration.between(progress.at(), clock.instant());
    }

    /** Whether the worker has said nothing for longer than its patience, paused or not. */
    public boolean isStalled() {
        return sinceProgress().compareTo(patience) > 0;
    }

    /** The state of the worker in words, for an operator. */
    public String inWords() {
        if (isStalled()) {
            return "has not got on for " + text(sinceProgress());
        }
        return pause().map(now -> "paused for " + text(paused()) + ": " + now.reason())
                .orElse("gets on");
    }

    /** Seconds below two minutes, minutes below two hours, hours above. */
    private static String text(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " s";
        }
        return duration.toMinutes() < 120
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h";
    }
}
