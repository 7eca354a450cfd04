package io.github.orderlookup.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class ExactHeaderNamesTest {

    private final ExactHeaderNames names = new ExactHeaderNames();

    /** As Camel 4.22 hands them over. */
    @Test
    void restoresTheCaseOfWhatIsPromised() {
        ProducerRecord<Object, Object> sent = new ProducerRecord<>("results", "{}");
        sent.headers().add("Content-Type", bytes("application/json")).add("ce_id", bytes("a-0-1"));

        assertThat(names.onSend(sent).headers().toArray())
                .extracting(
                        Header::key, header -> new String(header.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        tuple("content-type", "application/json"), tuple("ce_id", "a-0-1"));
    }

    @Test
    void leavesOtherNames() {
        ProducerRecord<Object, Object> sent = new ProducerRecord<>("results", "{}");
        sent.headers().add("X-Of-The-Host", bytes("1"));

        assertThat(names.onSend(sent).headers().toArray())
                .extracting(Header::key)
                .containsExactly("X-Of-The-Host");
    }

    @Test
    void standsBesideTheInterceptorsOfTheOperator() {
        Properties none = new Properties();
        Properties one = new Properties();
        one.put("interceptor.classes", "com.example.Audit");

        ExactHeaderNames.addTo(none);
        ExactHeaderNames.addTo(one);

        assertThat(none.get("interceptor.classes")).isEqualTo(ExactHeaderNames.class.getName());
        assertThat(one.get("interceptor.classes"))
                .isEqualTo("com.example.Audit," + ExactHeaderNames.class.getName());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
