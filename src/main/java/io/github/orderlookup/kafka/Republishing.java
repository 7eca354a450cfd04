package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.ReplyAddress.Refused;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.settings.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is published when an outcome could not be: another record where the first one will
 * never be taken, else the same once more. No outcome is ever given up.
 *
 * <p>An Order that is too large for its topic gives way to the problem that says so; what a reply
 * topic does not take, or can no longer take, goes to the errors topic. Camel restores the first
 * record before each attempt, so the substitute is kept in an exchange property.
 *
 * <p>Thread-safe.
 */
final class Republishing implements Processor {

    private static final String SUBSTITUTE = "order-lookup-substitute";

    private final KafkaSettings settings;
    private final OutcomeRecords outcomes;
    private final TopicDirectory topics;
    private final Publishing publishing;

    private record Substitute(Map<String, Object> headers, Object body) {}

    Republishing(
            KafkaSettings settings,
            OutcomeRecords outcomes,
            TopicDirectory topics,
            Publishing publishing) {
        this.settings = settings;
        this.outcomes = outcomes;
        this.topics = topics;
        this.publishing = publishing;
    }

    @Override
    public void process(Exchange exchange) {
        restore(exchange);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (substitute(exchange, failure)) {
            keep(exchange);
        } else if (!isReply(exchange)) {
            publishing.failed(OutcomeRecords.record(exchange).eventId(), topic(exchange), failure);
        }
    }

    /** Puts another record in place of one that will never be taken. */
    private boolean substitute(Exchange exchange, @Nullable Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            return shrink(exchange);
        }
        return isReply(exchange) && leaveReplyTopic(exchange, failure);
    }

    private boolean shrink(Exchange exchange) {
        if (OutcomeRecords.isOrder(exchange.getMessage())) {
            Problem problem =
                    Problem.of(
                            ProblemType.OUTCOME_TOO_LARGE,
                            "The Order is larger than its topic takes; raise max.message.bytes of"
                                    + " the topic.");
            fail(exchange, problem, outcomes.address(OutcomeRecords.record(exchange)));
            return true;
        }
        if (isReply(exchange)) {
            OutcomeRecords.send(exchange.getMessage(), new Named(settings.errorsTopic(), null));
            return true;
        }
        return false;
    }

    private boolean leaveReplyTopic(Exchange exchange, @Nullable Exception failure) {
        if (failure instanceof AuthorizationException) {
            refuse(
                    exchange,
                    new Refused("kafka_replyTopic names a topic that we may not write to."));
            return true;
        }
        topics.forget(topic(exchange));
        if (outcomes.address(OutcomeRecords.record(exchange)) instanceof Refused refused) {
            refuse(exchange, refused);
            return true;
        }
        return false;
    }

    private void refuse(Exchange exchange, Refused refused) {
        fail(exchange, OutcomeRecords.invalid(refused.detail()), refused);
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
