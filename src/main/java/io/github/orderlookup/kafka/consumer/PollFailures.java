package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why polls fail, and how long to wait before the next one: 1 s, and twice as long after each
 * further failure, at most 30 s. The log has one line a minute for each reason.
 *
 * <p>Thread-safe; the poll thread changes it.
 */
public final class PollFailures {

    private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String groupId;
    private final Clock clock;
    private final LogLimit log;
    private final AtomicReference<@Nullable Failing> failing = new AtomicReference<>();

    private record Failing(String reason, int count, Instant next) {}

    /**
     * @param clock monotonic
     */
    PollFailures(String groupId, Clock clock, LogLimit log) {
        this.groupId = groupId;
        this.clock = clock;
        this.log = log;
    }

    /** A poll failed. */
    void failed(Throwable failure) {
        String reason = inWords(failure);
        Failing before = failing.get();
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = Durations.doubled(FIRST, count - 1, LONGEST);
        failing.set(new Failing(reason, count, clock.instant().plus(pause)));
        if (log.permits("poll " + failure.getClass().getName())) {
            LOG.error("No requests are taken: {} ({})", reason, failure.toString());
        }
    }

    /** A poll came back. */
    void succeeded() {
        if (failing.get() != null && failing.getAndSet(null) != null) {
            LOG.info("Requests are taken again");
        }
    }

    /** How long to wait before the next poll; not above zero when it may be made. */
    Duration backOff() {
        Failing now = failing.get();
        return now == null ? Duration.ZERO : Duration.between(clock.instant(), now.next());
    }

    /** Why polls fail; empty while they do not. */
    public Optional<String> reason() {
        return Optional.ofNullable(failing.get()).map(Failing::reason);
    }

    private String inWords(Throwable failure) {
        if (failure instanceof InconsistentGroupProtocolException) {
            return "Another member of the group "
                    + groupId
                    + " uses another partition assignor; give order-lookup a group of its own.";
        }
        if (failure instanceof GroupAuthorizationException) {
            return "The broker does not let us read in the group "
                    + groupId
                    + ": grant READ on the group.";
        }
        if (failure instanceof TopicAuthorizationException topics) {
            return "The broker does not let us read "
                    + String.join(", ", topics.unauthorizedTopics())
                    + ": grant READ and DESCRIBE on the topic.";
        }
        if (failure instanceof AuthenticationException) {
            return "The broker refuses our credential: " + failure.getMessage();
        }
        if (failure instanceof FencedInstanceIdException) {
            return "Another member of the group " + groupId + " has our group.instance.id.";
        }
        if (failure instanceof InvalidTopicException) {
            return "The request topic has no valid name.";
        }
        return "Polling fails: " + failure;
    }
}
