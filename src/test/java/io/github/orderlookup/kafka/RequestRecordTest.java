package io.github.orderlookup.kafka;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.kafka.Records.headers;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class RequestRecordTest {

    @Test
    void takesARecordAsTheConsumerMadeItAMessage() {
        Headers headers = headers().add("a", bytes("b"));
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader(KafkaConstants.TOPIC, "requests");
        message.setHeader(KafkaConstants.PARTITION, 3);
        message.setHeader(KafkaConstants.OFFSET, 42L);
        message.setHeader(KafkaConstants.KEY, bytes("key"));
        message.setHeader(KafkaConstants.HEADERS, headers);
        message.setBody(bytes("value"));

        RequestRecord record = RequestRecord.of(message);

        assertThat(record.partition()).isEqualTo(new TopicPartition("requests", 3));
        assertThat(record.offset()).isEqualTo(42);
        assertThat(record.key()).asString().isEqualTo("key");
        assertThat(record.value()).asString().isEqualTo("value");
        assertThat(record.headers()).isSameAs(headers);
    }

    @Test
    void takesARecordWithoutKeyAndValue() {
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader(KafkaConstants.TOPIC, "requests");
        message.setHeader(KafkaConstants.PARTITION, 0);
        message.setHeader(KafkaConstants.OFFSET, 0L);

        RequestRecord record = RequestRecord.of(message);

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void readsTheLastOfSeveralHeaders() {
        Headers headers = headers().add("a", bytes("first")).add("a", bytes("last"));

        assertThat(Records.with(headers).text("a")).hasValue("last");
    }

    @Test
    void readsNoHeaderThatIsMissingOrNull() {
        RequestRecord record = Records.with(headers().add("null", null));

        assertThat(record.header("null")).isEmpty();
        assertThat(record.header("missing")).isEmpty();
    }

    @Test
    void knowsADoubledHeader() {
        RequestRecord record =
                Records.with(
                        headers().add("once", bytes("1")).add("twice", null).add("twice", null));

        assertThat(record.isDoubled("twice")).isTrue();
        assertThat(record.isDoubled("once")).isFalse();
        assertThat(record.isDoubled("missing")).isFalse();
    }

    @Test
    void namesTheEventOfItsOutcome() {
        assertThat(Records.with(headers()).eventId()).isEqualTo("order-lookup.requests-3-42");
    }
}
