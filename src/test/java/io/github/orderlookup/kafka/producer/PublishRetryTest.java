package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.camel.KafkaHeaderNames;
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
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of an outcome that its topic does not take. */
class PublishRetryTest {

    private static final String REQUEST =
            "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"order-1\"}";

    private final ManualClock clock = new ManualClock();
    private final KafkaSettings settings =
            new KafkaSettings(
                    true,
                    "requests",
                    "results",
                    "errors",
                    "group",
                    Pattern.compile("replies"),
                    "waiting");
    private final TopicDirectory topics =
            new TopicDirectory(
                    () -> {
                        throw new KafkaException("no broker");
                    },
                    clock);
    private final PublishHealth publishing =
            new PublishHealth(
                    new Supervisor(clock, thrown -> {}).worker("publish", Duration.ofDays(1)),
                    clock);
    private final ReplyTopics replyTopics = new ReplyTopics(settings, topics);
    private final ComposeOutcome outcomes = new ComposeOutcome(settings, replyTopics, clock, clock);
    private final PublishRetry republishing =
            new PublishRetry(
                    settings,
                    outcomes,
                    new ComposeWaiting(settings, topics, LookSchedule.USUAL, clock),
                    replyTopics,
                    topics,
                    publishing,
                    clock);

    @Test
    void sendsAProblemThatItsReplyTopicRefusesToTheErrorsTopicWithTheReason() throws Exception {
        Exchange exchange = problem(replyTo("replies"), null);

        fail(exchange, new InvalidRecordException("compacted topic"));

        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(json(exchange).path("type").asText()).endsWith("order-not-found");
        assertThat(json(exchange).path("detail").asText())
                .startsWith("No such order.")
                .contains("reply topic replies");
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void sendsAReplyAgainUntilItIsLate() throws Exception {
        Exchange exchange = order(replyTo("replies"));

        fail(exchange, new NotEnoughReplicasException("one of two"));
        assertThat(topic(exchange)).isEqualTo("replies");
        clock.advance(Duration.ofSeconds(28));
        fail(exchange, new TimeoutException("28 s passed"));

        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(json(exchange).path("type").asText()).endsWith("reply-failed");
        assertThat(json(exchange).path("status").asInt()).isEqualTo(502);
        assertThat(json(exchange).path("retryable").asBoolean()).isTrue();
        assertThat(json(exchange).path("orderId").asText()).isEqualTo("order-1");
        assertThat(publishing.isStuck()).as("others are held up").isFalse();
    }

    @Test
    void keepsWhatItSendsToTheErrorsTopicWhenThatFailsToo() throws Exception {
        Exchange exchange = order(replyTo("replies"));
        fail(exchange, new InvalidRecordException("no"));
        Object body = exchange.getMessage().getBody();

        exchange.getMessage().setBody("as Camel restores it");
        fail(exchange, new TimeoutException("errors topic missing"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(body);
        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(publishing.isStuck()).isTrue();
    }

    @Test
    void leavesOutAKeyThatMakesAProblemTooLarge() throws Exception {
        Exchange exchange = problem(Records.headers(), new byte[16_000]);

        fail(exchange, new RecordTooLargeException("no"));

        assertThat(key(exchange)).isNull();
        assertThat(json(exchange).at("/request/incomplete").asBoolean()).isTrue();
        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void leavesOutWhatAProblemEchoesIfItIsStillTooLarge() throws Exception {
        Headers headers = Records.headers().add("kafka_correlationId", new byte[1_000]);
        Exchange exchange = problem(headers, new byte[16_000]);

        fail(exchange, new RecordTooLargeException("no"));
        fail(exchange, new RecordTooLargeException("no"));

        assertThat(exchange.getMessage().getHeader("kafka_correlationId")).isNull();
        assertThat(json(exchange).path("orderId").asText()).isEqualTo("order-1");
        assertThat(json(exchange).at("/request/incomplete").asBoolean()).isTrue();
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void waitsForATopicThatTakesNothing() throws Exception {
        Exchange exchange = problem(Records.headers(), bytes("key"));

        fail(exchange, new RecordTooLargeException("no"));

        assertThat(key(exchange)).isEqualTo(bytes("key"));
        assertThat(publishing.isStuck()).isTrue();
    }

    @Test
    void givesAProblemWithoutAKeyOneThatACompactedTopicTakes() throws Exception {
        Exchange exchange = problem(Records.headers(), null);

        fail(exchange, new InvalidRecordException("compacted topic"));

        assertThat(key(exchange)).isEqualTo(bytes("requests-0-7"));
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void sendsAgainWhatWasRefusedBesideAnother() throws Exception {
        Exchange exchange = problem(Records.headers(), null);

        fail(exchange, new KafkaException("part of a batch which had one more invalid records"));

        assertThat(key(exchange)).isNull();
        assertThat(topic(exchange)).isEqualTo("errors");
    }

    private void fail(Exchange exchange, Exception failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        republishing.process(exchange);
    }

    private Exchange problem(Headers headers, byte @Nullable [] key) {
        Exchange exchange = opened(headers, key);
        exchange.getMessage()
                .setBody(
                        ComposeOutcome.lookup(exchange)
                                .describe(
                                        Problem.of(ProblemType.ORDER_NOT_FOUND, "No such order.")));
        outcomes.compose(exchange);
        return exchange;
    }

    private Exchange order(Headers headers) throws IOException {
        Exchange exchange = opened(headers, null);
        exchange.getMessage().setBody(OrderJson.read(bytes("{\"id\": \"order-1\"}")));
        outcomes.compose(exchange);
        return exchange;
    }

    private Exchange opened(Headers headers, byte @Nullable [] key) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(
                RequestRecord.PROPERTY,
                new RequestRecord(
                        new TopicPartition("requests", 0), 7, key, bytes(REQUEST), headers));
        LookupExchange.attach(exchange, new Lookup(Source.KAFKA, null, clock.instant()));
        ComposeOutcome.lookup(exchange).ask(RequestReader.read(bytes(REQUEST)), null);
        return exchange;
    }

    private static Headers replyTo(String topic) {
        return Records.headers().add("kafka_replyTopic", bytes(topic));
    }

    private static String topic(Exchange exchange) {
        return exchange.getMessage().getHeader(KafkaHeaderNames.OVERRIDE_TOPIC, String.class);
    }

    private static Object key(Exchange exchange) {
        return exchange.getMessage().getHeader(KafkaHeaderNames.KEY);
    }

    private static JsonNode json(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        return new ObjectMapper().readTree(message.getBody(byte[].class));
    }
}
