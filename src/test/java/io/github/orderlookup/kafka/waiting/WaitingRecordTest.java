package io.github.orderlookup.kafka.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.OrderLookupRequest.Until;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.settle.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingRecordTest {

    private static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";

    static java.util.stream.IntStream seeds() {
        return java.util.stream.IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatItWrites(int seed) {
        Random random = new Random(seed);
        WaitingRecord written =
                record(
                        bytes(random, 40),
                        random.nextBoolean() ? null : bytes(random, 300),
                        random.nextBoolean() ? null : instant(random),
                        random);

        WaitingRecord read = WaitingRecord.read(written.toJson()).orElseThrow();

        assertThat(read.toJson()).isEqualTo(written.toJson());
        assertThat(read.request().eventId()).isEqualTo(written.request().eventId());
        assertThat(read.request().key()).isEqualTo(written.request().key());
        assertThat(read.request().headers()).isEqualTo(written.request().headers());
        assertThat(read.correlationId()).isEqualTo(written.correlationId());
        assertThat(read.waiting().request()).isEqualTo(written.waiting().request());
        assertThat(read.waiting().due()).isEqualTo(written.waiting().due());
        assertThat(read.waiting().end()).isEqualTo(written.waiting().end());
        assertThat(read.waiting().looks()).isEqualTo(written.waiting().looks());
        assertThat(read.waiting().lastOrder()).isEqualTo(written.waiting().lastOrder());
        assertThat(RequestReader.read(read.request().value()))
                .isEqualTo(written.waiting().request());
    }

    /** With the largest key, the longest headers and the largest Order. */
    @Test
    void itsLargestIsReadWhole() {
        Random random = new Random(1);
        WaitingRecord largest =
                record(
                        bytes(random, 16 * 1024, true),
                        bytes(random, Waiting.LARGEST_ORDER, true),
                        instant(random),
                        random);
        byte[] json = largest.toJson();

        assertThat(new LimitedBytesDeserializer().deserialize("waiting", json)).isSameAs(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "null",
                "{\"version\":2}",
                "{\"version\":1,\"topic\":\"t\",\"partition\":0,\"offset\":0}"
            })
    void aRecordOfAnotherHandIsNone(String value) {
        assertThat(WaitingRecord.read(value.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(WaitingRecord.read(null)).isEmpty();
    }

    private static WaitingRecord record(
            byte[] key, byte @Nullable [] order, @Nullable Instant deadline, Random random) {
        Headers headers = new RecordHeaders();
        headers.add("kafka_correlationId", bytes(random, 1_024));
        headers.add("kafka_replyTopic", bytes(random, 249));
        headers.add("kafka_replyTopic", bytes(random, 249));
        headers.add("tracestate", bytes(random, 1_025));
        OrderLookupRequest request =
                new OrderLookupRequest(CUSTOMER, "order-1", deadline, Until.SETTLED);
        return new WaitingRecord(
                new RequestRecord(
                        new TopicPartition("requests", random.nextInt(64)),
                        random.nextLong(Long.MAX_VALUE),
                        key,
                        null,
                        headers),
                "66226ec4-45be-4b6c-8149-bdfbaabbe9c7",
                new Waiting(
                        request,
                        instant(random),
                        instant(random),
                        random.nextInt(9_000),
                        instant(random),
                        order != null,
                        order));
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(
                random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private static byte[] bytes(Random random, int most) {
        return bytes(random, most, false);
    }

    private static byte[] bytes(Random random, int most, boolean exactly) {
        byte[] bytes = new byte[most];
        random.nextBytes(bytes);
        return exactly ? bytes : Arrays.copyOf(bytes, random.nextInt(most + 1));
    }
}
