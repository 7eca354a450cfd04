package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.kafka.producer.ComposedRecords.replyTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** What becomes of an outcome that its topic does not take. */
class PublishRetryTest {

    private final ManualClock clock = new ManualClock();
    private final ComposedRecords records = new ComposedRecords(new DefaultCamelContext(), clock);
    private final PublishHealth publishing = records.publishing;

    @Test
    void sendsAProblemThatItsReplyTopicRefusesToTheErrorsTopicWithTheReason() throws Exception {
        Exchange exchange = records.problem(replyTo("replies"), null);

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
        Exchange exchange = records.order(replyTo("replies"));

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
        Exchange exchange = records.order(replyTo("replies"));
        fail(exchange, new InvalidRecordException("no"));
        Object body = exchange.getMessage().getBody();

        fail(exchange, new TimeoutException("errors topic missing"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(body);
        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(publishing.isStuck()).isTrue();
    }

    @Test
    void leavesOutAKeyThatMakesAProblemTooLarge() throws Exception {
        Exchange exchange = records.problem(Records.headers(), new byte[16_000]);

        fail(exchange, new RecordTooLargeException("no"));

        assertThat(key(exchange)).isNull();
        assertThat(json(exchange).at("/request/incomplete").asBoolean()).isTrue();
        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void leavesOutWhatAProblemEchoesIfItIsStillTooLarge() throws Exception {
        Headers headers = Records.headers().add("kafka_correlationId", new byte[1_000]);
        Exchange exchange = records.problem(headers, new byte[16_000]);

        fail(exchange, new RecordTooLargeException("no"));
        fail(exchange, new RecordTooLargeException("no"));

        assertThat(exchange.getMessage().getHeader("kafka_correlationId")).isNull();
        assertThat(json(exchange).path("orderId").asText()).isEqualTo("order-1");
        assertThat(json(exchange).at("/request/incomplete").asBoolean()).isTrue();
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void waitsForATopicThatTakesNothing() throws Exception {
        Exchange exchange = records.problem(Records.headers(), bytes("key"));

        fail(exchange, new RecordTooLargeException("no"));

        assertThat(key(exchange)).isEqualTo(bytes("key"));
        assertThat(publishing.isStuck()).isTrue();
    }

    @Test
    void givesAProblemWithoutAKeyOneThatACompactedTopicTakes() throws Exception {
        Exchange exchange = records.problem(Records.headers(), null);

        fail(exchange, new InvalidRecordException("compacted topic"));

        assertThat(key(exchange)).isEqualTo(bytes("requests-0-7"));
        assertThat(publishing.isStuck()).isFalse();
    }

    @Test
    void sendsARequestThatWaitsToItsTopicAgain() {
        Exchange exchange = records.waiting();
        Object body = exchange.getMessage().getBody();

        fail(exchange, new TimeoutException("waiting topic missing"));

        assertThat(topic(exchange)).isEqualTo("waiting");
        assertThat(key(exchange)).isEqualTo(bytes("requests-0-7"));
        assertThat(exchange.getMessage().getBody()).isEqualTo(body);
        assertThat(publishing.trouble()).get().asString().contains("the topic waiting");
    }

    @Test
    void describesARequestThatIsTooLargeToWaitAsAProblem() throws Exception {
        Exchange exchange = records.waiting();

        fail(exchange, new RecordTooLargeException("no"));
        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(json(exchange).path("type").asText()).endsWith("outcome-too-large");
        fail(exchange, new TimeoutException("errors topic missing"));

        assertThat(topic(exchange)).isEqualTo("errors");
        assertThat(publishing.isStuck()).isTrue();
    }

    @Test
    void sendsAgainWhatWasRefusedBesideAnother() throws Exception {
        Exchange exchange = records.problem(Records.headers(), null);

        fail(exchange, new KafkaException("part of a batch which had one more invalid records"));

        assertThat(key(exchange)).isNull();
        assertThat(topic(exchange)).isEqualTo("errors");
    }

    private void fail(Exchange exchange, Exception failure) {
        exchange.getMessage().removeHeader(KafkaHeaderNames.OVERRIDE_TOPIC); // as camel-kafka does
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        records.retry.prepare(exchange);
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
