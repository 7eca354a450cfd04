package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.KafkaStats;
import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.supervision.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of polling: written by the poll thread, read by readiness and metrics. Thread-safe. */
public final class PollStatus {

    private static final Logger LOG = LoggerFactory.getLogger(PollStatus.class);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Worker worker;
    private final Clock clock;
    private final LogLimit log;
    private final PollFailures failures;
    private final UnreadablePartitions unreadable;
    private final CommitProgress commits;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();
    private volatile boolean connected;

    private record Pause(PauseReason reason, String words, Instant since) {}

    /**
     * @param clock monotonic
     */
    public PollStatus(Worker worker, String groupId, Clock clock) {
        this.worker = worker;
        this.clock = clock;
        this.log = new LogLimit(clock);
        this.failures = new PollFailures(groupId, clock, log);
        this.unreadable = new UnreadablePartitions(clock, log);
        this.commits = new CommitProgress(clock);
    }

    public PollFailures failures() {
        return failures;
    }

    public UnreadablePartitions unreadable() {
        return unreadable;
    }

    /** Permits the lines of the poll thread. */
    public LogLimit log() {
        return log;
    }

    /** The poll thread came back from the broker. */
    public void progress(boolean isConnected) {
        connected = isConnected;
        worker.progress();
    }

    public CommitProgress commits() {
        return commits;
    }

    /** Polling takes no records, on purpose. A pause that lasts has a line a minute in the log. */
    void pause(PauseReason reason, String words) {
        Pause before = pause.get();
        Instant since =
                before == null || before.reason() != reason ? clock.instant() : before.since();
        pause.set(new Pause(reason, words, since));
        worker.pause(words);
        Duration lasts = Duration.between(since, clock.instant());
        if (lasts.compareTo(LONG) >= 0 && log.permits("pause " + reason)) {
            LOG.warn("Polling has been paused for {} s: {}", lasts.toSeconds(), words);
        }
    }

    /** Polling takes records. */
    void resume() {
        if (pause.get() != null) {
            pause.set(null);
            worker.resume();
        }
    }

    public boolean isConnected() {
        return connected;
    }

    /** Why and since when polling takes no records on purpose. */
    public KafkaStats.@Nullable Pause paused() {
        Pause now = pause.get();
        return now == null
                ? null
                : new KafkaStats.Pause(
                        now.reason(), now.words(), Duration.between(now.since(), clock.instant()));
    }

    public Duration sinceProgress() {
        return worker.sinceProgress();
    }

    /** Why no requests are taken, or not all; empty while everything goes on. */
    public Optional<String> trouble() {
        if (connected && worker.isStalled()) {
            return Optional.of(
                    "The poll thread has not come back for "
                            + worker.sinceProgress().toSeconds()
                            + " s.");
        }
        return failures.reason().or(this::disconnected).or(unreadable::trouble);
    }

    private Optional<String> disconnected() {
        return connected
                ? Optional.empty()
                : Optional.of("No Kafka broker is connected that lets us read the requests.");
    }
}
