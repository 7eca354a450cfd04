package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.ReplyAddress;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.ReplyAddress.Refused;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.AddKey;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.DescribeAsTooLarge;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.DescribeAsTooLargeToWait;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.Divert;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.OmitEcho;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.OmitKey;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.OmitOrder;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.Refusal;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.RefuseAddress;
import io.github.orderlookup.kafka.producer.PublishRetryDecision.SendAgain;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Applies the {@link PublishRetryDecision} before an outcome is published again. No outcome is ever
 * given up.
 *
 * <p>The message stays what it was, or becomes the record that is published instead. Thread-safe.
 */
public final class PublishRetry {

    /** A little less than 30 s: an attempt takes most of it. */
    private static final Duration REPLY_PATIENCE = Duration.ofSeconds(27);

    private final KafkaSettings settings;
    private final ComposeOutcome outcomes;
    private final ComposeWaiting waiting;
    private final ReplyTopics replyTopics;
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final Clock clock;

    /**
     * @param clock monotonic
     */
    public PublishRetry(
            KafkaSettings settings,
            ComposeOutcome outcomes,
            ComposeWaiting waiting,
            ReplyTopics replyTopics,
            TopicDirectory topics,
            PublishHealth publishing,
            Clock clock) {
        this.settings = settings;
        this.outcomes = outcomes;
        this.waiting = waiting;
        this.replyTopics = replyTopics;
        this.topics = topics;
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * Makes the message what is published next. Of the record that failed, camel-kafka has taken
     * the topic out of the message.
     */
    void prepare(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (ComposeWaiting.isWaiting(exchange)) {
            retryWaiting(exchange, failure);
            return;
        }
        exchange.getMessage().setHeader(KafkaHeaderNames.OVERRIDE_TOPIC, topic(exchange));
        boolean reply = isReply(exchange);
        PublishRetryDecision decision =
                reply
                        ? decideReply(exchange, Refusal.of(failure))
                        : decideDefaultTopic(exchange, Refusal.of(failure));
        if (!(decision instanceof SendAgain)) {
            apply(decision, exchange, failure);
        } else if (!reply) {
            publishing.failed(eventId(exchange), topic(exchange), failure);
        }
    }

    private void retryWaiting(Exchange exchange, @Nullable Exception failure) {
        PublishRetryDecision decision =
                PublishRetryDecision.ofWaitingTopic(
                        Refusal.of(failure), ComposeWaiting.hasOrder(exchange));
        if (decision instanceof OmitOrder) {
            log(exchange, "waits without its last Order", failure);
            waiting.omitOrder(exchange);
        } else if (decision instanceof DescribeAsTooLargeToWait) {
            log(exchange, "does not wait", failure);
            ComposeWaiting.giveUp(exchange);
            fail(
                    exchange,
                    Problem.of(
                            ProblemType.OUTCOME_TOO_LARGE,
                            "The request is larger than the waiting topic takes; raise"
                                    + " max.message.bytes of the topic."),
                    replyTopics.address(RequestRecord.of(exchange)));
        } else {
            publishing.failed(eventId(exchange), topic(exchange), failure);
            waiting.chooseAnotherPartition(exchange);
        }
    }

    private PublishRetryDecision decideReply(Exchange exchange, Refusal refusal) {
        boolean conclusive = refusal == Refusal.UNAUTHORIZED || refusal == Refusal.TOO_LARGE;
        return PublishRetryDecision.ofReply(
                refusal,
                OutcomeRecord.isFound(exchange.getMessage()),
                isLate(exchange),
                conclusive ? Optional.empty() : refusedAddress(exchange));
    }

    /** Asks the broker again: the reply topic may have been deleted. */
    private Optional<String> refusedAddress(Exchange exchange) {
        topics.forget(topic(exchange));
        return replyTopics.address(RequestRecord.of(exchange)) instanceof Refused refused
                ? Optional.of(refused.detail())
                : Optional.empty();
    }

    private boolean isLate(Exchange exchange) {
        Instant sent = ComposeOutcome.sent(exchange).first();
        return Duration.between(sent, clock.instant()).compareTo(REPLY_PATIENCE) >= 0;
    }

    private static PublishRetryDecision decideDefaultTopic(Exchange exchange, Refusal refusal) {
        boolean order = OutcomeRecord.isFound(exchange.getMessage());
        byte[] key = exchange.getMessage().getHeader(KafkaHeaderNames.KEY, byte[].class);
        return PublishRetryDecision.ofDefaultTopic(
                refusal,
                order,
                key == null ? -1 : key.length,
                !order && refusal == Refusal.TOO_LARGE
                        ? RequestEcho.bytes(exchange, problem(exchange).orElseThrow())
                        : 0);
    }

    private void apply(
            PublishRetryDecision decision, Exchange exchange, @Nullable Exception failure) {
        Message message = exchange.getMessage();
        if (decision instanceof DescribeAsTooLarge) {
            describeAsTooLarge(exchange);
        } else if (decision instanceof RefuseAddress refused) {
            fail(
                    exchange,
                    Problem.of(ProblemType.INVALID_REQUEST, refused.detail()),
                    new Refused(refused.detail()));
        } else if (decision instanceof Divert divert) {
            divert(exchange, divert.reason(), failure);
        } else if (decision instanceof OmitKey) {
            log(exchange, "goes without its key", failure);
            message.setHeader(KafkaHeaderNames.KEY, null);
            message.setBody(RequestEcho.withoutRest(problem(exchange).orElseThrow()).toJson());
        } else if (decision instanceof OmitEcho) {
            log(exchange, "goes shortened", failure);
            RequestEcho.omit(exchange, problem(exchange).orElseThrow());
        } else if (decision instanceof AddKey) {
            log(exchange, "goes with its ce_id as key", failure);
            message.setHeader(
                    KafkaHeaderNames.KEY, eventId(exchange).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void describeAsTooLarge(Exchange exchange) {
        Problem problem =
                Problem.of(
                        ProblemType.OUTCOME_TOO_LARGE,
                        "The Order is larger than its topic takes; raise max.message.bytes of"
                                + " the topic.");
        fail(exchange, problem, replyTopics.address(RequestRecord.of(exchange)));
    }

    private void divert(Exchange exchange, String why, @Nullable Exception failure) {
        String reason =
                "The reply topic " + topic(exchange) + " did not take the outcome: " + why + ".";
        log(exchange, "goes to the errors topic", failure);
        Optional<Problem> problem = problem(exchange);
        if (problem.isEmpty() || OutcomeRecord.isFound(exchange.getMessage())) {
            fail(exchange, Problem.of(ProblemType.REPLY_FAILED, reason), new Refused(reason));
        } else {
            String detail = problem.get().detail() + " " + reason;
            outcomes.failed(exchange, problem.get().withDetail(detail), new Refused(reason));
        }
    }

    private void fail(Exchange exchange, Problem problem, ReplyAddress address) {
        outcomes.failed(exchange, ComposeOutcome.lookup(exchange).describe(problem), address);
    }

    private void log(Exchange exchange, String how, @Nullable Exception failure) {
        publishing.diverted(eventId(exchange), topic(exchange), how, failure);
    }

    private static Optional<Problem> problem(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(ComposeOutcome.PROBLEM, Problem.class));
    }

    private boolean isReply(Exchange exchange) {
        return !settings.errorsTopic().equals(topic(exchange))
                && ReplyAddress.of(RequestRecord.of(exchange), settings) instanceof Named;
    }

    private String topic(Exchange exchange) {
        return ComposeWaiting.isWaiting(exchange)
                ? waiting.topic()
                : ComposeOutcome.sent(exchange).topic();
    }

    private static String eventId(Exchange exchange) {
        return RequestRecord.of(exchange).eventId();
    }
}
