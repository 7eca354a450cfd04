package io.github.orderlookup.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderJsonTest {

    private static final int LIMIT = 16 * 1024 * 1024;

    private final ObjectMapper mapper = OrderJson.mapper();

    static List<Path> orders() {
        return OrderFiles.all();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void writesEveryTokenOfTheDocument(Path file) throws Exception {
        byte[] document = OrderFiles.bytes(file);

        byte[] written = OrderJson.write(OrderJson.read(document));

        assertThat(JsonTokens.of(written)).isEqualTo(JsonTokens.of(document));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void readsTheSameFromBytesStreamAndTextWithAndWithoutByteOrderMark(Path file) throws Exception {
        byte[] plain = OrderFiles.bytes(file);
        byte[] marked = withByteOrderMark(plain);

        Order order = OrderJson.read(plain);

        assertThat(OrderJson.read(marked)).isEqualTo(order);
        assertThat(mapper.readValue(new ByteArrayInputStream(plain), Order.class)).isEqualTo(order);
        assertThat(mapper.readValue(new ByteArrayInputStream(marked), Order.class))
                .isEqualTo(order);
        assertThat(mapper.readValue(new String(plain, UTF_8), Order.class)).isEqualTo(order);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void goesThroughCamelsDataFormatUnchanged(Path file) throws Exception {
        byte[] document = OrderFiles.bytes(file);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        try (CamelContext context = new DefaultCamelContext();
                JacksonDataFormat format = new JacksonDataFormat(mapper, Order.class)) {
            Exchange exchange = new DefaultExchange(context);
            format.setCamelContext(context);
            format.start();
            Object order = format.unmarshal(exchange, (Object) withByteOrderMark(document));
            format.marshal(exchange, order, written);
        }

        assertThat(JsonTokens.of(written.toByteArray())).isEqualTo(JsonTokens.of(document));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void survivesTreesOfJackson(Path file) throws Exception {
        byte[] document = OrderFiles.bytes(file);
        JsonNode tree = OrderJson.read(document).json();

        Order order = mapper.treeToValue(tree, Order.class);

        assertThat(JsonTokens.of(OrderJson.write(order))).isEqualTo(JsonTokens.of(document));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isReadAndWrittenByAMapperOfTheHost(Path file) throws Exception {
        ObjectMapper host = new ObjectMapper();
        byte[] document = OrderFiles.bytes(file);

        byte[] written = host.writeValueAsBytes(host.readValue(document, Order.class));

        assertThat(JsonTokens.of(written)).isEqualTo(JsonTokens.of(document));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 17, 23, 28})
    void refusesADocumentThatIsCutShortAnywhere(int number) {
        byte[] document =
                new String(OrderJson.write(OrderFiles.order(number)), UTF_8)
                        .strip()
                        .getBytes(UTF_8);

        for (int length = 0; length < document.length; length++) {
            byte[] cut = Arrays.copyOf(document, length);
            assertThatThrownBy(() -> OrderJson.read(cut))
                    .isInstanceOf(JsonProcessingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\uFEFF",
                "null",
                "true",
                "7",
                "\"id\"",
                "[]",
                "[{}]",
                "<html></html>",
                "{} {}",
                "{}{",
                "{},",
                "{} x",
                "{}\u0000",
                "{}\uFEFF",
                "\uFEFF\uFEFF{}",
                "\u00a0{}",
                "{\"id\":\"a\",}",
                "{'id':'a'}",
                "{id:\"a\"}",
                "{} // end",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}",
                "{\"l\":[{\"a\":{\"b\":1,\"c\":2,\"b\":1}}]}"
            })
    void refusesWhatIsNotOneObject(String document) {
        assertThatThrownBy(() -> OrderJson.read(document.getBytes(UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(
                        () ->
                                mapper.readValue(
                                        new ByteArrayInputStream(document.getBytes(UTF_8)),
                                        Order.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " \t\r\n{ \t\r\n} \t\r\n", "\uFEFF{}", "\uFEFF {}"})
    void acceptsWhiteSpaceAndOneByteOrderMark(String document) throws Exception {
        assertThat(OrderJson.read(document.getBytes(UTF_8)).json().toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void writesTheBytesThatItHasRead(String mark) throws Exception {
        String document = " {\"price\" : 1.0E+2,\t\"\\u0069d\":\"\\/\"}\n";

        byte[] written = OrderJson.write(OrderJson.read((mark + document).getBytes(UTF_8)));

        assertThat(written).asString(UTF_8).isEqualTo(document);
    }

    @Test
    void doesNotChangeWithTheBytesThatItWasReadFromOrThatItGaveOut() throws Exception {
        byte[] document = "{}".getBytes(UTF_8);
        Order order = OrderJson.read(document);

        Arrays.fill(document, (byte) 'x');
        Arrays.fill(OrderJson.write(order), (byte) 'x');

        assertThat(OrderJson.write(order)).asString(UTF_8).isEqualTo("{}");
    }

    static Stream<byte[]> otherThanUtf8() {
        Stream<byte[]> insideAText =
                Stream.of(
                                new int[] {0x80},
                                new int[] {0xC0, 0x80},
                                new int[] {0xC1, 0xBF},
                                new int[] {0xE0, 0x80, 0x80},
                                new int[] {0xED, 0xA0, 0x80},
                                new int[] {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
                                new int[] {0xE2, 0x82},
                                new int[] {0xF4, 0x90, 0x80, 0x80},
                                new int[] {0xF8, 0x88, 0x80, 0x80, 0x80},
                                new int[] {0xFE},
                                new int[] {0xFF})
                        .map(OrderJsonTest::asText);
        Stream<byte[]> inAnotherEncoding =
                Stream.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE")
                        .map(Charset::forName)
                        .map("{\"a\":\"b\"}"::getBytes);
        Stream<byte[]> latin1 =
                Stream.of("{\"a\":\"Größe\"}".getBytes(StandardCharsets.ISO_8859_1));
        return Stream.of(insideAText, inAnotherEncoding, latin1).flatMap(documents -> documents);
    }

    private static byte[] asText(int[] codes) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.writeBytes("{\"a\":\"".getBytes(UTF_8));
        for (int code : codes) {
            document.write(code);
        }
        document.writeBytes("\"}".getBytes(UTF_8));
        return document.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("otherThanUtf8")
    void refusesBytesThatAreNotUtf8(byte[] document) {
        assertThatThrownBy(() -> OrderJson.read(document))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void nestsToADepthOf100() throws Exception {
        byte[] deepest = ("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}").getBytes(UTF_8);
        byte[] deepestObjects = ("{\"a\":".repeat(100) + "1" + "}".repeat(100)).getBytes(UTF_8);

        assertThat(OrderJson.write(OrderJson.read(deepest))).isEqualTo(deepest);
        assertThat(OrderJson.write(OrderJson.read(deepestObjects))).isEqualTo(deepestObjects);
    }

    @Test
    void refusesADepthOf101() {
        String arrays = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
        String objects = "{\"a\":".repeat(101) + "1" + "}".repeat(101);
        String open = "{\"a\":" + "[".repeat(1_000_000);

        for (String document : List.of(arrays, objects, open)) {
            assertThatThrownBy(() -> OrderJson.read(document.getBytes(UTF_8)))
                    .isInstanceOf(StreamConstraintsException.class);
        }
    }

    @Test
    void readsADocumentOf16MiB() throws Exception {
        byte[] document = blankAfter("{\"id\":\"a\"}", LIMIT);

        assertThat(OrderJson.read(document).id()).hasValue("a");
        assertThat(mapper.readValue(new ByteArrayInputStream(document), Order.class).id())
                .hasValue("a");
    }

    @Test
    void refusesADocumentOfMoreThan16MiB() {
        byte[] document = blankAfter("{\"id\":\"a\"}", LIMIT + 1);

        assertThatThrownBy(() -> OrderJson.read(document))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> mapper.readValue(new ByteArrayInputStream(document), Order.class))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> mapper.readValue(new String(document, UTF_8), Order.class))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1.10",
                "1E+5",
                "1e5",
                "1e-5",
                "0.000",
                "1234567890123456.789012345",
                "9223372036854775808",
                "1e1000000",
                "1E-1000000",
                "-1e999999999999999999999"
            })
    @Timeout(10)
    void keepsTheTextOfANumber(String number) throws Exception {
        String document = "{\"totalPrice\":" + number + ",\"n\":[" + number + "]}";

        Order order = OrderJson.read(document.getBytes(UTF_8));

        assertThat(OrderJson.write(order)).asString(UTF_8).isEqualTo(document);
        assertThat(mapper.writeValueAsString(order)).isEqualTo(document);
        assertThat(order.json()).hasToString(document);
        assertThat(mapper.convertValue(order, Order.class)).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 5_000, 1_000_000})
    @Timeout(20)
    void putsNoLimitOnTheLengthOfNumbersTextsAndNames(int length) throws Exception {
        String digits = "7".repeat(length);
        String document =
                "{\"%s\":[%s,-%s.%s,1e%s,\"%s\"]}"
                        .formatted(digits, digits, digits, digits, digits, digits);

        Order order = OrderJson.read(document.getBytes(UTF_8));

        assertThat(OrderJson.write(order)).asString(UTF_8).isEqualTo(document);
    }

    @Test
    @Timeout(20)
    void readsManyMembersWhoseNamesCollide() throws Exception {
        StringBuilder document = new StringBuilder("{\"id\":\"a\"");
        for (int i = 0; i < 1 << 16; i++) {
            document.append(",\"");
            for (int bit = 0; bit < 16; bit++) {
                document.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            document.append("\":0");
        }
        document.append('}');

        Order order = OrderJson.read(document.toString().getBytes(UTF_8));

        assertThat(OrderJson.write(order)).asString(UTF_8).isEqualTo(document.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83d", "\\ude80\\ud83d", "\\ud83dx\\ude80"})
    void keepsHalfOfASurrogatePair(String text) throws Exception {
        byte[] document = ("{\"" + text + "\":\"" + text + "\"}").getBytes(UTF_8);

        byte[] written = OrderJson.write(OrderJson.read(document));

        assertThat(JsonTokens.of(written)).isEqualTo(JsonTokens.of(document));
    }

    @Test
    void writesASurrogatePairAsOneCharacterOfUtf8() throws Exception {
        byte[] document = "{\"\\ud83d\\ude80\":\"\\ud83d\\ude80\"}".getBytes(UTF_8);

        byte[] written = mapper.writeValueAsBytes(OrderJson.read(document));

        assertThat(written).asString(UTF_8).isEqualTo("{\"🚀\":\"🚀\"}");
    }

    @Test
    void readsARangeOfAnArray() throws Exception {
        byte[] document = "xx{\"id\":\"a\"}yy".getBytes(UTF_8);

        Order order = mapper.readValue(document, 2, document.length - 4, Order.class);

        assertThat(order.id()).hasValue("a");
    }

    @Test
    void keepsItsLimitsWhenTheMapperIsCopied() {
        ObjectMapper copy = mapper.copy();

        assertThatThrownBy(() -> copy.readValue(asText(new int[] {0xC0, 0x80}), Order.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void mayBeNullInsideAnotherDocument() throws Exception {
        Map<String, Order> orders =
                mapper.readerForMapOf(Order.class).readValue("{\"a\":{\"id\":\"b\"},\"c\":null}");

        assertThat(orders).containsOnlyKeys("a", "c").containsEntry("c", null);
    }

    @Test
    void saysNothingOfTheDocumentWhenItFails() {
        byte[] document = "{\"id\":confidential}".getBytes(UTF_8);

        assertThatThrownBy(() -> OrderJson.read(document)).hasMessageNotContaining("confidential");
    }

    private static byte[] withByteOrderMark(byte[] document) throws IOException {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marked.write(document);
        return marked.toByteArray();
    }

    private static byte[] blankAfter(String document, int length) {
        byte[] blank = new byte[length];
        Arrays.fill(blank, (byte) ' ');
        System.arraycopy(document.getBytes(UTF_8), 0, blank, 0, document.length());
        return blank;
    }
}
