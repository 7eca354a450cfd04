package io.github.orderlookup.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final String CUSTOMER = "0b30452a-8be2-4b8b-b25b-2D4850F4345F";
    private static final String ORDER = "-BZlr_TeGksPNT61SsWRL";
    private static final String BOTH =
            "\"customerId\":\"" + CUSTOMER + "\",\"orderId\":\"" + ORDER + "\"";
    private static final int LIMIT = 64 * 1024;
    private static final OrderLookupRequest REQUEST = new OrderLookupRequest(CUSTOMER, ORDER);

    static Stream<Object> forms() {
        String json = "{" + BOTH + "}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Map<Object, Object> mixed = new HashMap<>(Map.of("customerId", CUSTOMER, 7, "x"));
        mixed.put("orderId", new StringBuilder(ORDER));
        mixed.put(null, null);
        return Stream.of(
                REQUEST,
                json,
                " \r\n" + json + "\n ",
                "\uFEFF" + json,
                new StringBuilder(json),
                bytes,
                ("\uFEFF" + json).getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(bytes),
                Map.of("customerId", CUSTOMER, "orderId", ORDER, "other", List.of()),
                new TreeMap<>(Map.of("customerId", CUSTOMER, "orderId", ORDER)),
                mixed);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsEveryForm(Object body) {
        assertThat(RequestReader.read(body)).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[[[{\"customerId\":1,\"customerId\":2}]]]",
                "1e1000000",
                "\"\\ud800\"",
                "{\"orderId\":null}",
                "\"\"",
                "-0.0",
            })
    void ignoresUnknownMembersWhateverTheyHold(String value) {
        String json = "{\"note\":" + value + "," + BOTH + ",\"@class\":" + value + "}";

        assertThat(RequestReader.read(json)).isEqualTo(REQUEST);
    }

    @Test
    void ignoresVeryLongNamesAndValues() {
        String json =
                "{\"%s\":%s,\"s\":\"%s\",%s}"
                        .formatted(
                                "n".repeat(20_000), "9".repeat(20_000), "s".repeat(20_000), BOTH);

        assertThat(RequestReader.read(json)).isEqualTo(REQUEST);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments(null, "The request is empty."),
                arguments("", "The request is empty."),
                arguments(" \n", "The request is empty."),
                arguments(new byte[0], "The request is empty."),
                arguments("\uFEFF", "The request is empty."),
                arguments(
                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
                        "The request is empty."),
                arguments(InputStream.nullInputStream(), "The request is empty."),
                arguments("null", "The request must be a JSON object."),
                arguments("[]", "The request must be a JSON object."),
                arguments("\"x\"", "The request must be a JSON object."),
                arguments("7", "The request must be a JSON object."),
                arguments("x", "The request is not JSON (line 1, column 1)."),
                arguments("<a/>", "The request is not JSON (line 1, column 1)."),
                arguments("{" + BOTH, "The request is not JSON (line 1, column"),
                arguments("{" + BOTH + ",}", "The request is not JSON (line 1, column"),
                arguments("{'customerId':'x'}", "The request is not JSON (line 1, column"),
                arguments("{/**/" + BOTH + "}", "The request is not JSON (line 1, column"),
                arguments("{\"x\":NaN," + BOTH + "}", "The request is not JSON (line 1, column"),
                arguments("{\"x\":\"\t\"," + BOTH + "}", "The request is not JSON (line 1, column"),
                arguments("{" + BOTH + "} x", "The request is not JSON (line 1, column"),
                arguments("{" + BOTH + "}{}", "The request must end with its JSON object."),
                arguments("{" + BOTH + "}null", "The request must end with its JSON object."),
                arguments("{" + BOTH + ",\"orderId\":\"x\"}", "orderId is given twice."),
                arguments("{" + BOTH + ",\"order\\u0049d\":\"x\"}", "orderId is given twice."),
                arguments("{\"a\":1,\"a\":1," + BOTH + "}", "A member is given twice."),
                arguments(
                        "{\"x\":" + "[".repeat(1_001) + "]".repeat(1_001) + "," + BOTH + "}",
                        "The request is nested too deeply."),
                arguments(in("UTF-16LE"), "The request is not "),
                arguments(in("UTF-16"), "The request is not UTF-8."),
                arguments(in("UTF-32"), "The request is not JSON"),
                arguments(new byte[] {'{', '"', (byte) 0xFF, '"'}, "The request is not UTF-8."),
                arguments(new byte[] {'{', (byte) 0xC0, (byte) 0xA2}, "The request is not UTF-8."),
                arguments(
                        "{" + BOTH + "}" + " ".repeat(LIMIT), "The request is larger than 64 KiB."),
                arguments(new byte[LIMIT + 1], "The request is larger than 64 KiB."),
                arguments("é".repeat(LIMIT / 2) + "x", "The request is larger than 64 KiB."),
                arguments(endless(), "The request is larger than 64 KiB."),
                arguments(broken(), "The request could not be read to its end."),
                arguments(7, "The request must be an object with customerId and orderId"),
                arguments(List.of(), "The request must be an object with customerId and orderId"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesWhatIsNoRequest(Object body, String detail) {
        Problem problem = problem(body);

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.detail()).startsWith(detail);
        assertThat(problem.attempts()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | customerId is missing. orderId is missing.",
                "{\"customerId\":1,\"orderId\":true} | customerId must be text, not a number."
                        + " orderId must be text, not a boolean.",
                "{\"customerId\":null,\"orderId\":{\"customerId\":1}} | customerId must be text,"
                        + " not null. orderId must be text, not an object.",
                "{\"customerId\":[],\"orderId\":1.5} | customerId must be text, not an array."
                        + " orderId must be text, not a number.",
                "{\"CustomerId\":\"x\",\"orderid\":\"x\"} | customerId is missing. orderId is"
                        + " missing.",
            })
    void namesEachMemberThatIsWrong(String json, String detail) {
        assertThat(problem(json).detail()).isEqualTo(detail);
    }

    @Test
    void keepsTheIdThatIsRight() {
        Problem problem = problem("{\"customerId\":\"" + CUSTOMER + "\",\"orderId\":\"a/b\"}");

        assertThat(problem.customerId()).isEqualTo(CUSTOMER);
        assertThat(problem.orderId()).isNull();
        assertThat(problem.detail())
                .isEqualTo(
                        "orderId must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -;"
                                + " character 2 is U+002F.");
    }

    @Test
    void refusesMapsAndRequestsByTheSameRules() {
        assertThat(problem(Map.of("customerId", UUID.fromString(CUSTOMER), "orderId", 7)).detail())
                .isEqualTo(
                        "customerId must be text, not an object. orderId must be text, not a"
                                + " number.");
        assertThat(problem(Collections.singletonMap("customerId", null)).detail())
                .isEqualTo("customerId must be text, not null. orderId is missing.");
        assertThat(problem(new OrderLookupRequest(null, "")).detail())
                .startsWith("customerId must be text, not null. orderId must be 1 to 64")
                .endsWith("it is empty.");
    }

    @Test
    void neverRepeatsAValue() {
        Problem problem =
                problem("{\"customerId\":\"https://x/canary\",\"orderId\":\"canary\\r\\n\"}");

        assertThat(problem.detail()).doesNotContain("canary", "://", "\r", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{0b30452a-8be2-4b8b-b25b-2d4850f4345f}",
                "0b30452a8be24b8bb25b2d4850f4345f",
                " 0b30452a-8be2-4b8b-b25b-2d4850f4345f",
                "0b30452a-8be2-4b8b-b25b-2d4850f4345f\n",
                "0b30452a-8be2-4b8b-b25b-2d4850f4345g",
                "0b30452a-8be2-4b8b-b25b-2d4850f4345",
                "b30452a-8be2-4b8b-b25b-2d4850f4345f0",
                "０b30452a-8be2-4b8b-b25b-2d4850f4345f",
                "contoso.onmicrosoft.com",
            })
    void takesOnlyCanonicalGuidsForCustomers(String id) {
        assertThat(problem(Map.of("customerId", id, "orderId", "x")).detail())
                .startsWith("customerId must be a GUID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", "..", "a.b", "a/b", "a%2Fb", "a?b", "a#b", "a\\b", "a;b", "a@b",
                "a\r\nb", "a\n", "a\u0000", "é", "Ａ", "\u0660", "😀", "\ud800"
            })
    void takesNoOtherCharactersForOrders(String id) {
        assertThat(problem(Map.of("customerId", CUSTOMER, "orderId", id)).detail())
                .startsWith("orderId must be 1 to 64 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
        "2026-03-01t10:00:00z, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00+01:30, 2026-03-01T08:30:00Z",
        "2026-03-01T10:00:00-00:00, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00-23:59, 2026-03-02T09:59:00Z",
        "2026-03-01T10:00:00.5Z, 2026-03-01T10:00:00.500Z",
        "2026-03-01T10:00:00.1234567891Z, 2026-03-01T10:00:00.123456789Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2017-01-01T00:59:60+01:00, 2017-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    })
    void readsDeadlinesOfRfc3339(String text, Instant expected) {
        String json = "{" + BOTH + ",\"deadline\":\"" + text + "\"}";

        assertThat(RequestReader.read(json).deadline()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"soon\"",
                "\"2026-03-01\"",
                "\"2026-03-01T10:00:00\"",
                "\"2026-03-01T10:00Z\"",
                "\"2026-03-01 10:00:00Z\"",
                "\"2026-3-1T10:00:00Z\"",
                "\"2026-02-29T10:00:00Z\"",
                "\"2026-13-01T10:00:00Z\"",
                "\"2026-03-01T24:00:00Z\"",
                "\"2026-03-01T10:00:60Z\"",
                "\"2026-03-01T10:00:61Z\"",
                "\"2026-03-01T10:00:00.Z\"",
                "\"2026-03-01T10:00:00+0100\"",
                "\"2026-03-01T10:00:00+24:00\"",
                "\"2026-03-01T10:00:00+01:60\"",
                "\"2026-03-01T10:00:00[UTC]\"",
                "\"+2026-03-01T10:00:00Z\"",
                "\"2026-03-01T10:00:00Z\\n\"",
                "\"٢٠٢٦-03-01T10:00:00Z\"",
                "1772359200",
                "true",
                "{}",
                "[]"
            })
    void refusesDeadlinesThatAreNone(String value) {
        assertThat(problem("{" + BOTH + ",\"deadline\":" + value + "}").detail())
                .startsWith("deadline must be an RFC 3339 date and time with an offset");
    }

    static Stream<Object> withoutDeadline() {
        Map<String, Object> map = new HashMap<>(Map.of("customerId", CUSTOMER, "orderId", ORDER));
        map.put("deadline", null);
        return Stream.of("{" + BOTH + ",\"deadline\":null}", map);
    }

    @ParameterizedTest
    @MethodSource("withoutDeadline")
    void takesANullForNoDeadline(Object body) {
        assertThat(RequestReader.read(body)).isEqualTo(REQUEST);
    }

    @Test
    void readsUpTo64KiB() {
        String json = "{" + BOTH + "}";
        byte[] largest =
                (json + " ".repeat(LIMIT - json.length())).getBytes(StandardCharsets.UTF_8);

        assertThat(RequestReader.read(largest)).isEqualTo(REQUEST);
        assertThat(RequestReader.read(new String(largest, StandardCharsets.UTF_8)))
                .isEqualTo(REQUEST);
        assertThat(RequestReader.read(new ByteArrayInputStream(largest))).isEqualTo(REQUEST);
    }

    @Test
    void keepsTheIdsWhenTheDeadlineAloneIsWrong() {
        Problem problem = problem("{" + BOTH + ",\"deadline\":\"soon\"}");

        assertThat(problem.customerId()).isEqualTo(CUSTOMER);
        assertThat(problem.orderId()).isEqualTo(ORDER);
    }

    static Stream<Object> moments() {
        return Stream.of(
                Instant.parse("2026-03-01T10:00:00Z"),
                OffsetDateTime.parse("2026-03-01T11:00:00+01:00"),
                ZonedDateTime.parse("2026-03-01T11:00:00+01:00[Europe/Berlin]"),
                "2026-03-01T10:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("moments")
    void takesDeadlinesOfJavaFromAMap(Object deadline) {
        Map<String, Object> body =
                Map.of("customerId", CUSTOMER, "orderId", ORDER, "deadline", deadline);

        assertThat(RequestReader.read(body).deadline())
                .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    }

    @Property(tries = 3_000)
    void acceptsExactlyTheGrammarOfOrderIds(@ForAll("nearlyOrderIds") String id) throws Exception {
        boolean right = id.matches("\\A[A-Za-z0-9_-]{1,64}\\z");
        String json =
                new ObjectMapper()
                        .writeValueAsString(Map.of("customerId", CUSTOMER, "orderId", id));

        assertThat(accepts(json)).isEqualTo(right);
        assertThat(accepts(new OrderLookupRequest(CUSTOMER, id))).isEqualTo(right);
    }

    @Property(tries = 3_000)
    void acceptsExactlyTheGrammarOfCustomerIds(@ForAll("nearlyGuids") String id) {
        boolean right =
                id.matches(
                        "\\A[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}"
                                + "-[0-9A-Fa-f]{12}\\z");

        assertThat(accepts(Map.of("customerId", id, "orderId", "x"))).isEqualTo(right);
    }

    @Property
    void refusesAnyOtherTextAsAProblem(@ForAll String text, @ForAll byte[] bytes) {
        accepts(text);
        accepts(bytes);
        accepts("{" + BOTH + ",\"x\":" + text + "}");
    }

    @Provide
    Arbitrary<String> nearlyOrderIds() {
        Arbitrary<String> good =
                Arbitraries.strings().alpha().numeric().withChars('_', '-').ofMaxLength(70);
        Arbitrary<String> odd = Arbitraries.strings().ascii().ofMaxLength(2).injectDuplicates(0.1);
        return Arbitraries.oneOf(
                good,
                Combinators.combine(good, odd, good).as((a, b, c) -> a + b + c),
                Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(5));
    }

    @Provide
    Arbitrary<String> nearlyGuids() {
        Arbitrary<String> guids =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as((a, b) -> new UUID(a, b).toString());
        return Combinators.combine(
                        guids,
                        Arbitraries.integers().between(0, 35),
                        Arbitraries.chars().range(' ', '~'),
                        Arbitraries.of("replace", "insert", "upper", "drop"))
                .as(RequestReaderTest::bend);
    }

    private static String bend(String guid, int index, char c, String how) {
        String before = guid.substring(0, index);
        return switch (how) {
            case "replace" -> before + c + guid.substring(index + 1);
            case "insert" -> before + c + guid.substring(index);
            case "drop" -> before + guid.substring(index + 1);
            default -> guid.toUpperCase(Locale.ROOT);
        };
    }

    private static char[] surrogates() {
        char[] all = new char[0xE000 - 0xD800];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (0xD800 + i);
        }
        return all;
    }

    private static boolean accepts(Object body) {
        try {
            RequestReader.read(body);
            return true;
        } catch (OrderLookupException e) {
            assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
            return false;
        }
    }

    private static Problem problem(Object body) {
        return catchThrowableOfType(OrderLookupException.class, () -> RequestReader.read(body))
                .problem();
    }

    private static byte[] in(String charset) {
        return ("{" + BOTH + "}").getBytes(Charset.forName(charset));
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
    }
}
