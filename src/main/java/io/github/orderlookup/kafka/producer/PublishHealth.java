package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.supervision.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether outcomes can be published: which ones the results or errors topic has refused and not
 * acknowledged since.
 *
 * <p>While there are any, polling pauses and the process is not ready. The log has one line a
 * minute for each topic and reason. Thread-safe.
 */
public final class PublishHealth {

    private static final Logger LOG = LoggerFactory.getLogger(PublishHealth.class);

    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private volatile Reason reason;
    private final Clock clock;
    private final LogLimit log;
    private final Worker worker;

    private record Reason(String words, Instant since) {}

    /**
     * @param worker is paused while outcomes wait
     * @param clock monotonic
     */
    public PublishHealth(Worker worker, Clock clock) {
        this.worker = worker;
        worker.idle();
        this.clock = clock;
        this.log = new LogLimit(clock);
        this.reason = new Reason("", clock.instant());
    }

    /** An attempt to publish this outcome failed; it will be tried again. */
    void failed(String eventId, String topic, @Nullable Exception why) {
        String words = topic + " " + inWords(why);
        Instant now = clock.instant();
        reason = new Reason(words, stuck.isEmpty() ? now : reason.since());
        stuck.add(eventId);
        worker.pause("the topic " + words);
        if (log.permits(words)) {
            LOG.warn(
                    "The outcome of {} waits, and is tried again: the topic {}",
                    eventId,
                    words,
                    why);
        }
    }

    /** An outcome went another way than it should, which the log says. */
    void diverted(String eventId, String topic, String how, @Nullable Exception why) {
        if (log.permits(topic + " " + how)) {
            LOG.warn("The outcome of {} {}: the topic {} refused it", eventId, how, topic, why);
        }
    }

    /** The broker has acknowledged this outcome. */
    void acknowledged(String eventId) {
        if (!stuck.isEmpty()) {
            stuck.remove(eventId);
            if (stuck.isEmpty()) {
                worker.resume();
            }
        }
    }

    /** Outcomes that were refused and not acknowledged since. */
    public int stuck() {
        return stuck.size();
    }

    public boolean isStuck() {
        return !stuck.isEmpty();
    }

    /** What keeps outcomes from being published, in plain words; empty when nothing does. */
    public Optional<String> trouble() {
        int count = stuck.size();
        if (count == 0) {
            return Optional.empty();
        }
        Reason now = reason;
        Duration lasts = Duration.between(now.since(), clock.instant());
        return Optional.of(
                "Outcomes that wait to be published, for "
                        + lasts.toSeconds()
                        + " s now: "
                        + count
                        + "; the topic "
                        + now.words());
    }

    private static String inWords(@Nullable Exception why) {
        if (why instanceof AuthorizationException) {
            return "refuses us: grant WRITE and DESCRIBE.";
        }
        if (why instanceof RecordTooLargeException) {
            return "takes no record of this size: raise its max.message.bytes.";
        }
        if (why instanceof UnknownTopicOrPartitionException
                || why instanceof InvalidTopicException
                || why instanceof TimeoutException) {
            return "does not exist or no broker that leads it can be reached.";
        }
        return "does not take them.";
    }
}
