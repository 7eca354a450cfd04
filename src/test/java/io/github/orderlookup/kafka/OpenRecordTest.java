package io.github.orderlookup.kafka;

import static io.github.orderlookup.kafka.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.producer.ReplyTopics;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.time.ManualClock;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenRecordTest {

    private static final String CORRELATION_ID = "6f7d8c1e-51a6-4ab8-9d2b-9f2c3f2f6c11";
    private static final String REQUEST =
            "{\"customerId\": \"4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54\", \"orderId\": \"order-1\"}";

    private final ManualClock clock = new ManualClock();
    private final KafkaSettings settings = Records.settings();
    private final TopicDirectory topics = Records.unansweredTopics(clock);
    private final OpenRecord openRecord = new OpenRecord(new ReplyTopics(settings, topics), clock);

    @Test
    void opensALookupWithTheCorrelationIdOfTheRecord() {
        Lookup lookup =
                open(Records.headers().add("MS-CorrelationId", bytes(CORRELATION_ID)), null);

        assertThat(lookup.correlationId()).isEqualTo(CORRELATION_ID);
        assertThat(lookup.arrived()).isEqualTo(clock.instant());
        assertThat(lookup.refusal()).isEmpty();
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        assertThat(open(Records.headers(), "A value of at most 64 KiB.").refusal())
                .map(Problem::detail)
                .hasValue("A value of at most 64 KiB.");
    }

    @Test
    void refusesARecordWhoseHeadersAreTooLongToBeEchoed() {
        assertThat(open(Records.headers().add("ce_id", new byte[1_025]), null).refusal())
                .map(Problem::detail)
                .hasValueSatisfying(detail -> assertThat(detail).contains("1,024 bytes"));
    }

    @Test
    void refusesAReplyTopicThatIsNotAllowed() {
        assertThat(open(Records.headers().add("kafka_replyTopic", bytes("other")), null).refusal())
                .map(Problem::detail)
                .hasValueSatisfying(detail -> assertThat(detail).contains("kafka_replyTopic"));
    }

    @Test
    void readsTheIdsOfARequestThatItRefuses() {
        Lookup lookup = open(Records.headers().add("kafka_replyTopic", bytes("other")), null);

        assertThat(lookup.request())
                .hasValueSatisfying(asked -> assertThat(asked.orderId()).isEqualTo("order-1"));
    }

    @Test
    void acceptsAReplyTopicWhileTheBrokerCannotBeAsked() {
        assertThat(
                        open(Records.headers().add("kafka_replyTopic", bytes("replies")), null)
                                .refusal())
                .isEmpty();
    }

    private Lookup open(Headers headers, @Nullable String tooLarge) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(
                RequestRecord.PROPERTY,
                new RequestRecord(
                        new TopicPartition("requests", 0),
                        7,
                        null,
                        bytes(REQUEST),
                        headers,
                        tooLarge,
                        null));
        openRecord.open(exchange);
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
