package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.ReplyAddress;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.ReplyAddress.Refused;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RecordOrigin;
import io.github.orderlookup.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is published when an outcome could not be: another record where the first one will
 * never be taken, else the same once more. No outcome is ever given up.
 *
 * <ul>
 *   <li>An Order that is too large for its topic gives way to the problem that says so.
 *   <li>What a reply topic refuses, or has not taken for 30 s, goes to the errors topic with the
 *       reason; an Order as the problem {@code reply-failed}.
 *   <li>A problem that is too large for the errors topic goes without its key, then without what it
 *       echoes; one that is refused for want of a key gets the id of its event as key.
 * </ul>
 *
 * <p>Camel restores the first record before each attempt, so the substitute is kept in an exchange
 * property. Thread-safe.
 */
public final class PublishRetry implements Processor {

    private static final String SUBSTITUTE = "order-lookup-substitute";
    private static final String REDUCED = "order-lookup-reduced";

    /** A little less than 30 s: an attempt takes most of it. */
    private static final Duration REPLY_PATIENCE = Duration.ofSeconds(27);

    /** What is smaller than this is not what makes a record too large. */
    private static final int SMALL = 256;

    private static final List<String> ECHOED =
            List.of(HeaderNames.SPRING_CORRELATION_ID, HeaderNames.EVENT_CAUSE);

    private final KafkaSettings settings;
    private final OutcomeRecords outcomes;
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final Clock monotonic;

    private record Substitute(Map<String, Object> headers, Object body) {}

    public PublishRetry(
            KafkaSettings settings,
            OutcomeRecords outcomes,
            TopicDirectory topics,
            PublishHealth publishing,
            Clock monotonic) {
        this.settings = settings;
        this.outcomes = outcomes;
        this.topics = topics;
        this.publishing = publishing;
        this.monotonic = monotonic;
    }

    @Override
    public void process(Exchange exchange) {
        restore(exchange);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (isReply(exchange)
                ? substituteReply(exchange, failure)
                : substitute(exchange, failure)) {
            keep(exchange);
        } else if (!isReply(exchange)) {
            publishing.failed(eventId(exchange), topic(exchange), failure);
        }
    }

    /** Puts another record in place of one that the results or errors topic will never take. */
    private boolean substitute(Exchange exchange, @Nullable Exception failure) {
        boolean tooLarge = failure instanceof RecordTooLargeException;
        if (OutcomeRecords.isOrder(exchange.getMessage())) {
            return tooLarge && describeAsTooLarge(exchange);
        }
        if (tooLarge) {
            return reduce(exchange, failure);
        }
        return failure instanceof InvalidRecordException && giveKey(exchange, failure);
    }

    private boolean describeAsTooLarge(Exchange exchange) {
        Problem problem =
                Problem.of(
                        ProblemType.OUTCOME_TOO_LARGE,
                        "The Order is larger than its topic takes; raise max.message.bytes of"
                                + " the topic.");
        fail(exchange, problem, outcomes.address(OutcomeRecords.record(exchange)));
        return true;
    }

    /** Leaves the key out, or what is echoed, if that makes the record smaller. */
    private boolean reduce(Exchange exchange, @Nullable Exception failure) {
        Message message = exchange.getMessage();
        byte[] key = message.getHeader(KafkaHeaderNames.KEY, byte[].class);
        if (key != null && key.length >= SMALL) {
            publishing.diverted(
                    eventId(exchange), topic(exchange), "goes without its key", failure);
            message.setHeader(KafkaHeaderNames.KEY, null);
            return true;
        }
        if (exchange.getProperty(REDUCED, false, Boolean.class)) {
            return false;
        }
        exchange.setProperty(REDUCED, true);
        byte[] body = reducedBody(exchange);
        int saved = length(message.getBody()) - body.length;
        for (String name : ECHOED) {
            saved += length(message.getHeader(name));
        }
        if (saved < SMALL) {
            return false;
        }
        publishing.diverted(eventId(exchange), topic(exchange), "goes shortened", failure);
        ECHOED.forEach(message::removeHeader);
        message.setBody(body);
        return true;
    }

    private static byte[] reducedBody(Exchange exchange) {
        Problem problem = exchange.getProperty(OutcomeRecords.PROBLEM, Problem.class);
        RequestRecord record = OutcomeRecords.record(exchange);
        return problem.withRequest(
                        new RecordOrigin(
                                record.partition().topic(),
                                record.partition().partition(),
                                record.offset()))
                .withUpstream(null)
                .toJson();
    }

    private static int length(@Nullable Object bytes) {
        return bytes instanceof byte[] array ? array.length : 0;
    }

    /** A compacted topic takes no record without a key. */
    private boolean giveKey(Exchange exchange, Exception failure) {
        Message message = exchange.getMessage();
        if (message.getHeader(KafkaHeaderNames.KEY) != null) {
            return false;
        }
        publishing.diverted(
                eventId(exchange), topic(exchange), "goes with its ce_id as key", failure);
        message.setHeader(KafkaHeaderNames.KEY, eventId(exchange).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    /** Leaves a reply topic that does not, or not in time, take the outcome. */
    private boolean substituteReply(Exchange exchange, @Nullable Exception failure) {
        if (failure instanceof AuthorizationException) {
            Refused refused =
                    new Refused("kafka_replyTopic names a topic that we may not write to.");
            fail(exchange, OutcomeRecords.invalid(refused.detail()), refused);
            return true;
        }
        if (failure instanceof RecordTooLargeException) {
            return OutcomeRecords.isOrder(exchange.getMessage())
                    ? describeAsTooLarge(exchange)
                    : leave(exchange, "a record of this size is more than it takes", failure);
        }
        topics.forget(topic(exchange));
        if (outcomes.address(OutcomeRecords.record(exchange)) instanceof Refused refused) {
            fail(exchange, OutcomeRecords.invalid(refused.detail()), refused);
            return true;
        }
        if (isFinal(failure)) {
            return leave(exchange, "its settings do not allow such a record", failure);
        }
        return isLate(exchange)
                && leave(exchange, "it has not acknowledged it within 30 seconds", failure);
    }

    /** Whether the broker has judged this very record, and would do so again. */
    private static boolean isFinal(@Nullable Exception failure) {
        return failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof PolicyViolationException
                || failure instanceof UnsupportedForMessageFormatException
                || failure instanceof UnsupportedCompressionTypeException;
    }

    private boolean isLate(Exchange exchange) {
        Instant sent = exchange.getProperty(OutcomeRecords.SENT, Instant.class);
        return sent == null
                || Duration.between(sent, monotonic.instant()).compareTo(REPLY_PATIENCE) >= 0;
    }

    private boolean leave(Exchange exchange, String why, @Nullable Exception failure) {
        String topic = topic(exchange);
        String reason = "The reply topic " + topic + " did not take the outcome: " + why + ".";
        publishing.diverted(eventId(exchange), topic, "goes to the errors topic", failure);
        Problem problem = exchange.getProperty(OutcomeRecords.PROBLEM, Problem.class);
        if (problem == null || OutcomeRecords.isOrder(exchange.getMessage())) {
            fail(exchange, Problem.of(ProblemType.REPLY_FAILED, reason), new Refused(reason));
        } else {
            outcomes.failed(
                    exchange,
                    problem.withDetail(problem.detail() + " " + reason),
                    new Refused(reason));
        }
        return true;
    }

    private void fail(Exchange exchange, Problem problem, ReplyAddress address) {
        outcomes.failed(exchange, OutcomeRecords.lookup(exchange).describe(problem), address);
    }

    private boolean isReply(Exchange exchange) {
        return !settings.errorsTopic().equals(topic(exchange))
                && ReplyAddress.of(OutcomeRecords.record(exchange), settings) instanceof Named;
    }

    private static String topic(Exchange exchange) {
        return exchange.getMessage().getHeader(KafkaHeaderNames.OVERRIDE_TOPIC, String.class);
    }

    private static String eventId(Exchange exchange) {
        return OutcomeRecords.record(exchange).eventId();
    }

    private static void keep(Exchange exchange) {
        Message message = exchange.getMessage();
        exchange.setProperty(
                SUBSTITUTE, new Substitute(new HashMap<>(message.getHeaders()), message.getBody()));
    }

    private static void restore(Exchange exchange) {
        Substitute kept = exchange.getProperty(SUBSTITUTE, Substitute.class);
        if (kept != null) {
            exchange.getMessage().setHeaders(new HashMap<>(kept.headers()));
            exchange.getMessage().setBody(kept.body());
        }
    }
}
