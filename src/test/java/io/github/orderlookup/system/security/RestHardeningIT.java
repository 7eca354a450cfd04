package io.github.orderlookup.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.rest.OpenRestEndpoint;
import io.github.orderlookup.system.rest.Paths;
import io.github.orderlookup.system.rest.RawAnswer;
import io.github.orderlookup.system.rest.RawHttp;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two HTTP servers in a row could read in two ways, and what no answer discloses. */
class RestHardeningIT {

    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final String SMUGGLED = "order--smuggled";

    private final RawHttp http = OpenRestEndpoint.http();
    private final Simulator simulator = OpenRestEndpoint.simulator();
    private final String customer = UUID.randomUUID().toString();

    /** Lines of the head after the request line and Host, and what follows the head. */
    static Stream<Arguments> ambiguous() {
        return Stream.of(
                Arguments.of(
                        "both lengths",
                        "Content-Length: 4\r\nTransfer-Encoding: chunked",
                        "0\r\n\r\n"),
                Arguments.of(
                        "both lengths, the other way round",
                        "Transfer-Encoding: chunked\r\nContent-Length: 5",
                        "0\r\n\r\n"),
                Arguments.of("two lengths", "Content-Length: 0\r\nContent-Length: 40", ""),
                Arguments.of("two lengths in one", "Content-Length: 0, 40", ""),
                Arguments.of("negative length", "Content-Length: -1", ""),
                Arguments.of("signed length", "Content-Length: +40", ""),
                Arguments.of("hexadecimal length", "Content-Length: 0x28", ""),
                Arguments.of("length of words", "Content-Length: forty", ""),
                Arguments.of("blank before the colon", "Content-Length : 0", ""),
                Arguments.of("folded length", "Content-Length:\r\n 40", ""),
                Arguments.of("folded encoding", "Transfer-Encoding:\r\n chunked", "zz\r\n\r\n"),
                Arguments.of(
                        "encoding of another name",
                        "Transfer-Encoding: chunked, xchunked",
                        "0\r\n\r\n"),
                Arguments.of(
                        "encoding that is hidden", "Transfer-Encoding: \u000bchunked", "0\r\n\r\n"),
                Arguments.of("chunk that is no number", "Transfer-Encoding: chunked", "zz\r\n\r\n"),
                Arguments.of(
                        "chunk with a quoted line end",
                        "Transfer-Encoding: chunked",
                        "1;a=\"\r\nX\"\r\n0\r\n\r\n"),
                Arguments.of("name with a NUL", "X\0Y: z", ""),
                Arguments.of("name with a blank", "X Y: z", ""),
                Arguments.of("value with a NUL", "X-Y: a\0b", ""),
                Arguments.of("line without a colon", "nonsense", ""));
    }

    /**
     * A request that can be read in two ways is refused and ends the connection, or is read in one
     * way with what follows left unread: the request behind it is never answered.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void neverAnswersARequestBehindAnAmbiguousOne(String name, String lines, String body) {
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n%s"
                        .formatted(path("order--a"), lines, body);

        String answers = http.exchange(request + second());

        assertThat(ANSWER.matcher(answers).results().count()).as(answers).isLessThanOrEqualTo(1);
        assertThat(simulator.apiLog().forOrder(SMUGGLED)).isEmpty();
        assertNothingIsDisclosed(answers);
    }

    /** Guards the test above: the same two requests without ambiguity are both answered. */
    @Test
    void answersTwoRequestsInARow() {
        String id = "order--second";

        String answers =
                http.exchange(
                        "GET %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nabcd"
                                        .formatted(path("order--first"))
                                + "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                        .formatted(path(id)));

        assertThat(ANSWER.matcher(answers).results().map(found -> found.group(1)))
                .containsExactly("200", "200");
        assertThat(simulator.apiLog().forOrder(id)).hasSize(1);
    }

    static Stream<String> broken() {
        return Stream.of(
                "\r\n\0\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /a b c HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "get nothing\r\n\r\n",
                "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(9_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(3_000) + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void tellsNothingToWhoSpeaksNoHttp(String bytes) {
        String answer = http.exchange(bytes + "\r\n");

        assertThat(ANSWER.matcher(answer).results().map(found -> found.group(1)))
                .allMatch(status -> status.startsWith("4") || status.startsWith("505"));
        assertNothingIsDisclosed(answer);
    }

    @Test
    void answersALineOrAHeadThatIsTooLongWithAProblem() {
        String longLine =
                http.exchange("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String longHead = http.exchange("GET / HTTP/1.1\r\nX: " + "a".repeat(9_000) + "\r\n\r\n");
        String noHttp = http.exchange("GET / a b\r\n\r\n");

        assertThat(longLine).contains(" 414 ", "about:blank", "no-store");
        assertThat(longHead).contains(" 431 ", "about:blank", "no-store");
        assertThat(noHttp).contains(" 400 ", "about:blank", "no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS"})
    void allowsNoOtherOrigin(String method) {
        RawAnswer answer =
                http.send(
                        method,
                        path("order--cors"),
                        new byte[0],
                        "Origin: https://elsewhere.example",
                        "Access-Control-Request-Method: GET",
                        "Access-Control-Request-Headers: X-API-Key");

        assertThat(answer.headerNames()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c", "Upgrade: websocket"})
    void changesToNoOtherProtocol(String upgrade) {
        RawAnswer answer =
                http.get(
                        path("order--upgrade"),
                        "Connection: Upgrade, HTTP2-Settings",
                        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        upgrade);

        assertThat(answer.status()).isNotEqualTo(101);
    }

    private static void assertNothingIsDisclosed(String answers) {
        assertThat(answers)
                .doesNotContainIgnoringCase("\nserver:", "x-powered-by", "vert.x", "netty", "camel")
                .doesNotContain("Exception", "\tat ", ".java:");
    }

    private String second() {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path(SMUGGLED));
    }

    private String path(String orderId) {
        return Paths.order(customer, orderId);
    }
}
