package io.github.orderlookup.kafka;

import static io.github.orderlookup.kafka.Records.bytes;
import static io.github.orderlookup.kafka.Records.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.KafkaSettings;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyAddressTest {

    private static final String TOPIC = "kafka_replyTopic";
    private static final String PARTITION = "kafka_replyPartition";

    @Test
    void isTheUsualOneWhenTheRequestNamesNone() {
        Headers partitionAlone = headers().add(PARTITION, new byte[] {1});

        assertThat(address(partitionAlone, ".*")).isEqualTo(new ReplyAddress.Default());
    }

    @Test
    void isTheTopicThatTheRequestNames() {
        assertThat(address(headers().add(TOPIC, bytes("replies.a")), "replies\\..*"))
                .isEqualTo(new ReplyAddress.Named("replies.a", null));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} is partition {4}")
    @CsvSource({"0, 0, 0, 0, 0", "0, 0, 0, 7, 7", "0, 0, 1, 2, 258", "127, -1, -1, -1, 2147483647"})
    void isThePartitionThatTheRequestNames(byte a, byte b, byte c, byte d, int partition) {
        Headers headers =
                headers().add(TOPIC, bytes("replies")).add(PARTITION, new byte[] {a, b, c, d});

        assertThat(address(headers, "replies"))
                .isEqualTo(new ReplyAddress.Named("replies", partition));
    }

    @ParameterizedTest(name = "\"{0}\" where {1} is allowed")
    @CsvSource(
            textBlock =
                    """
                    replies,               ,
                    other,                 replies
                    replies.a,             replies
                    x.replies,             replies
                    order-lookup.requests, .*
                    __consumer_offsets,    .*
                    '',                    .*
                    white space,           .*
                    ünïcode,               .*
                    a/b,                   .*
                    """)
    void isRefusedWhenTheTopicIsNotAllowed(String topic, String allowed) {
        assertThat(address(headers().add(TOPIC, bytes(topic)), allowed))
                .isInstanceOf(ReplyAddress.Refused.class);
    }

    @Test
    void isRefusedWhenTheTopicIsNull() {
        assertThat(address(headers().add(TOPIC, null), ".*"))
                .isInstanceOf(ReplyAddress.Refused.class);
    }

    @Test
    void isRefusedWhenTheNameIsLongerThanANameMayBe() {
        assertThat(address(headers().add(TOPIC, bytes("a".repeat(250))), ".*"))
                .isInstanceOf(ReplyAddress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOPIC, PARTITION})
    void isRefusedWhenItIsGivenTwiceAndDiffers(String doubled) {
        Headers headers =
                headers()
                        .add(TOPIC, bytes("replies"))
                        .add(PARTITION, new byte[4])
                        .add(doubled, bytes("repl"));

        assertThat(address(headers, "repl.*")).isInstanceOf(ReplyAddress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOPIC, PARTITION})
    void countsOnceWhenItIsGivenTwiceWithTheSameBytes(String doubled) {
        Headers headers =
                headers()
                        .add(TOPIC, bytes("replies"))
                        .add(PARTITION, new byte[4])
                        .add(doubled, doubled.equals(TOPIC) ? bytes("replies") : new byte[4]);

        assertThat(address(headers, "replies")).isInstanceOf(ReplyAddress.Named.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "000", "00000", "\u00ff\u00ff\u00ff\u00ff"})
    void isRefusedWhenThePartitionIsNone(String latin1) {
        byte[] partition = latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Headers headers = headers().add(TOPIC, bytes("replies")).add(PARTITION, partition);

        assertThat(address(headers, "replies")).isInstanceOf(ReplyAddress.Refused.class);
    }

    private static ReplyAddress address(Headers headers, String allowed) {
        KafkaSettings settings =
                new KafkaSettings(
                        true,
                        "order-lookup.requests",
                        "order-lookup.results",
                        "order-lookup.errors",
                        "order-lookup",
                        allowed == null ? null : Pattern.compile(allowed),
                        null);
        return ReplyAddress.of(Records.with(headers), settings);
    }
}
