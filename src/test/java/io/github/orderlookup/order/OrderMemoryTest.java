package io.github.orderlookup.order;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer takes memory and time in proportion to its bytes, whatever its shape. */
class OrderMemoryTest {

    private static final int SIZE = 15 * 1024 * 1024;

    static Stream<Named<byte[]>> largeOrders() {
        return Map.<String, byte[]>of(
                        "empty objects", filled("\"x\":[{}", ",{}", "]"),
                        "empty arrays", filled("\"x\":[[]", ",[]", "]"),
                        "digits", filled("\"x\":[0", ",0", "]"),
                        "line items", filled("\"lineItems\":[{}", ",{\"quantity\":1}", "]"),
                        "members", members(),
                        "small objects", filled("\"x\":[0", ",{\"a\":0,\"b\":0}", "]"),
                        "one name", filled("\"", "n", "\":0"),
                        "one text", filled("\"x\":\"", "\\u0041", "\""),
                        "one number", filled("\"x\":1", "0", ""))
                .entrySet()
                .stream()
                .map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("largeOrders")
    @Timeout(30)
    void takesAFewTimesItsBytes(byte[] document) throws Exception {
        long before = allocated();
        Order order = OrderJson.readUncopied(document);
        assertThat(order.mismatch(CUSTOMER, "o")).isEmpty();
        byte[] written = OrderJson.bytes(order);
        long taken = allocated() - before;

        assertThat(written).isEqualTo(document);
        assertThat(taken).isLessThan((long) OrderJson.MEMORY_PER_BYTE * document.length);
    }

    @Test
    @Timeout(30)
    void findsAMemberGivenTwiceAmongAMillion() {
        String all = new String(members(), UTF_8);
        String last = all.substring(all.lastIndexOf(",\"") + 1, all.lastIndexOf(':'));
        String twice = all.substring(0, all.length() - 1) + "," + last + ":1}";

        assertThatThrownBy(() -> OrderJson.read(twice.getBytes(UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("twice");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static byte[] filled(String begin, String more, String end) {
        StringBuilder document =
                new StringBuilder(SIZE + 100).append("{\"id\":\"o\",").append(begin);
        while (document.length() < SIZE) {
            document.append(more);
        }
        return document.append(end).append('}').toString().getBytes(UTF_8);
    }

    private static byte[] members() {
        StringBuilder document = new StringBuilder(SIZE + 100).append("{\"id\":\"o\"");
        for (int i = 0; document.length() < SIZE; i++) {
            document.append(",\"")
                    .append(Integer.toString(i, 36).toUpperCase(Locale.ROOT))
                    .append("\":0");
        }
        return document.append('}').toString().getBytes(UTF_8);
    }
}
