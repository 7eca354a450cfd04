package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;

import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settle.LookSchedule;
import io.github.orderlookup.settle.Waiting;
import io.github.orderlookup.supervision.Supervisor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Exchanges whose message is to be published, and what publishes it again. No broker answers. */
final class ComposedRecords {

    private static final String REQUEST =
            "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"order-1\"}";

    private final CamelContext context;
    private final Clock clock;
    private final ComposeOutcome outcomes;
    private final ComposeWaiting waiting;
    final PublishHealth publishing;
    final PublishRetry retry;

    ComposedRecords(CamelContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        KafkaSettings settings = Records.settings();
        TopicDirectory topics = Records.unansweredTopics(clock);
        ReplyTopics replyTopics = new ReplyTopics(settings, topics);
        outcomes = new ComposeOutcome(settings, replyTopics, clock, clock);
        waiting = new ComposeWaiting(settings, topics, LookSchedule.USUAL, clock);
        publishing =
                new PublishHealth(
                        new Supervisor(clock, thrown -> {}).worker("publish", Duration.ofDays(1)),
                        clock);
        retry =
                new PublishRetry(
                        settings, outcomes, waiting, replyTopics, topics, publishing, clock);
    }

    Exchange problem(Headers headers, byte @Nullable [] key) {
        Exchange exchange = opened(headers, key);
        exchange.getMessage()
                .setBody(
                        ComposeOutcome.lookup(exchange)
                                .describe(
                                        Problem.of(ProblemType.ORDER_NOT_FOUND, "No such order.")));
        outcomes.compose(exchange);
        return exchange;
    }

    Exchange order(Headers headers) throws IOException {
        Exchange exchange = opened(headers, null);
        exchange.getMessage().setBody(OrderJson.read(bytes("{\"id\": \"order-1\"}")));
        outcomes.compose(exchange);
        return exchange;
    }

    /** A request that waits for its order to settle. */
    Exchange waiting() {
        Exchange exchange = opened(Records.headers(), null);
        Instant now = clock.instant();
        exchange.setProperty(
                Waiting.PROPERTY,
                Waiting.begin(
                        ComposeOutcome.lookup(exchange).request().orElseThrow(),
                        now,
                        now,
                        Duration.ofDays(1)));
        waiting.compose(exchange);
        return exchange;
    }

    /** Without an outcome. */
    Exchange opened(Headers headers, byte @Nullable [] key) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(
                RequestRecord.PROPERTY,
                new RequestRecord(
                        new TopicPartition("requests", 0), 7, key, bytes(REQUEST), headers));
        LookupExchange.attach(exchange, new Lookup(Source.KAFKA, null, clock.instant()));
        ComposeOutcome.lookup(exchange).ask(RequestReader.read(bytes(REQUEST)), null);
        return exchange;
    }

    static Headers replyTo(String topic) {
        return Records.headers().add("kafka_replyTopic", bytes(topic));
    }
}
