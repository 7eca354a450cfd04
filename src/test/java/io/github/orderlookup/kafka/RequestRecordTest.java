package io.github.orderlookup.kafka;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.kafka.Records.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer.TooLarge;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRecordTest {

    @Test
    void takesARecordAsTheConsumerMadeItAMessage() {
        Headers headers = headers().add("ce_id", bytes("b")).add("other", bytes("c"));
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader(KafkaConstants.TOPIC, "requests");
        message.setHeader(KafkaConstants.PARTITION, 3);
        message.setHeader(KafkaConstants.OFFSET, 42L);
        message.setHeader(KafkaConstants.KEY, bytes("key"));
        message.setHeader(KafkaConstants.HEADERS, headers);
        message.setBody(bytes("value"));

        RequestRecord record = RequestRecord.read(message);

        assertThat(record.partition()).isEqualTo(new TopicPartition("requests", 3));
        assertThat(record.offset()).isEqualTo(42);
        assertThat(record.key()).asString().isEqualTo("key");
        assertThat(record.value()).asString().isEqualTo("value");
        assertThat(record.text("ce_id")).hasValue("b");
        assertThat(record.header("other")).as("means nothing to us").isEmpty();
        assertThat(record.tooLarge()).isNull();
    }

    @Test
    void takesARecordWithoutKeyAndValue() {
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader(KafkaConstants.TOPIC, "requests");
        message.setHeader(KafkaConstants.PARTITION, 0);
        message.setHeader(KafkaConstants.OFFSET, 0L);
        message.setHeader(KafkaHeaderNames.HEADERS, headers());

        RequestRecord record = RequestRecord.read(message);

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
    void countsEqualHeadersOnce() {
        RequestRecord record =
                Records.with(
                        headers()
                                .add("equal", bytes("1"))
                                .add("equal", bytes("1"))
                                .add("null", null)
                                .add("null", null)
                                .add("other", bytes("1"))
                                .add("other", bytes("2"))
                                .add("other", bytes("1")));

        assertThat(record.isAmbiguous("equal")).isFalse();
        assertThat(record.isAmbiguous("null")).isFalse();
        assertThat(record.isAmbiguous("missing")).isFalse();
        assertThat(record.isAmbiguous("other")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,1", "1,2", "1,2,1", "1,1,2,2", "2,1,1"})
    void keepsOfAHeaderWhatTellsWhetherItIsAmbiguous(String values) {
        Headers headers = headers();
        String[] all = values.split(",");
        for (String value : all) {
            headers.add("kafka_replyTopic", bytes(value));
        }

        RequestRecord record = RequestRecord.read(message(bytes("key"), bytes("value"), headers));

        assertThat(record.isAmbiguous("kafka_replyTopic")).isEqualTo(values.contains("2"));
        assertThat(record.text("kafka_replyTopic")).hasValue(all[all.length - 1]);
    }

    @Test
    void holdsNoMoreOfAHeaderThanMayBeEchoed() {
        Headers headers = headers().add("kafka_correlationId", new byte[1_000_000]);

        RequestRecord record = RequestRecord.read(message(null, null, headers));

        assertThat(record.header("kafka_correlationId").orElseThrow()).hasSize(1_025);
        assertThat(record.bytes()).isLessThan(2_000);
    }

    @Test
    void holdsNeitherKeyNorValueThatIsTooLarge() {
        byte[] start = bytes("start");

        RequestRecord value =
                RequestRecord.read(message(bytes("key"), new TooLarge(start), headers()));
        RequestRecord key =
                RequestRecord.read(message(new TooLarge(start), bytes("value"), headers()));

        assertThat(value.tooLarge()).contains("64 KiB");
        assertThat(value.value()).isEqualTo(start);
        assertThat(key.tooLarge()).contains("16 KiB");
        assertThat(key.key()).isNull();
        assertThat(key.value()).isEqualTo(bytes("value"));
    }

    private static Message message(@Nullable Object key, @Nullable Object value, Headers headers) {
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setHeader(KafkaHeaderNames.TOPIC, "requests");
        message.setHeader(KafkaHeaderNames.PARTITION, 0);
        message.setHeader(KafkaHeaderNames.OFFSET, 0L);
        message.setHeader(KafkaHeaderNames.KEY, key);
        message.setHeader(KafkaHeaderNames.HEADERS, headers);
        message.setBody(value);
        return message;
    }

    @Test
    void namesTheEventOfItsOutcome() {
        assertThat(Records.with(headers()).eventId()).isEqualTo("order-lookup.requests-3-42");
    }
}
