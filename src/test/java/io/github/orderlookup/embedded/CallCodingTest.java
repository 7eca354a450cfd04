package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is what its status, headers and bytes say, whatever coding it claims. */
@Timeout(60)
class CallCodingTest {
    private static final String ORDER = "{\"id\":\"asked\",\"status\":\"completed\"}";
    private static final String FAULT =
            "{\"code\":20000,\"description\":\"none\",\"source\":\"PartnerFD\"}";

    private static RawServer server;
    private static EmbeddedHost host;

    @BeforeAll
    static void start() throws IOException {
        server = new RawServer();
        host =
                EmbeddedHost.builder()
                        .setting("partner-center.api-url", server.uri().toString())
                        .setting("order-lookup.deadline", "20s")
                        .start();
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf-8",
                "identity",
                "none",
                "aws-chunked",
                "br",
                "deflate",
                "gzip",
                "x-gzip",
                "gzip, gzip",
                "utf-8, gzip",
                "",
                ",",
                "\"gzip\"",
            })
    void isAnOrderWhateverCodingItClaims(String coding) {
        server.answer("asked", head(200, "Content-Encoding: " + coding, ORDER) + ORDER, false);

        assertThat(outcome()).isInstanceOf(Order.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: gzip",
                "Content-Encoding: GZIP",
                "Content-Encoding: utf-8",
                "Content-Encoding: gzip\r\nContent-Encoding: utf-8",
                "X-None: 1",
            })
    void isTheOrderThatWasCompressedWhateverCodingItClaims(String header) {
        String zipped = gzip(ORDER);
        server.answer("asked", head(200, header, zipped) + zipped, false);

        assertThat(outcome()).isInstanceOf(Order.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, utf-8, ORDER_NOT_FOUND",
        "404, gzip, ORDER_NOT_FOUND",
        "403, utf-8, ACCESS_DENIED",
        "400, br, INVALID_REQUEST",
        "418, utf-8, INVALID_UPSTREAM_RESPONSE",
    })
    void isTheStatusThatCameWhateverCodingItClaims(int status, String coding, ProblemType type) {
        server.answer("asked", head(status, "Content-Encoding: " + coding, FAULT) + FAULT, false);

        Problem problem = problem();

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.attempts()).isEqualTo(1);
    }

    /** The body says nothing then, and the status counts all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "gzip"})
    void keepsThePauseOfAThrottledAnswer(String coding) {
        String header = "Retry-After: 600\r\nContent-Encoding: " + coding;
        server.answer("asked", head(429, header, FAULT) + FAULT, false);

        Problem problem = throttled();

        assertThat(problem.type()).isEqualTo(ProblemType.THROTTLED);
        assertThat(problem.attempts()).isEqualTo(1);
    }

    @Test
    void isNoSuchOrderWhenAnEmptyBodyIsCalledCompressed() {
        server.answer(
                "asked",
                "HTTP/1.1 404 Not Found\r\nMS-RequestId: 1\r\nContent-Encoding: gzip\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                false);

        assertThat(problem().type()).isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(problem().attempts()).isEqualTo(1);
    }

    @Test
    void isTheStatusThatCameWhenTheBodyIsDamaged() {
        String cut = gzip(FAULT).substring(0, 20);
        String header = "Content-Encoding: gzip";
        server.answer("asked", head(403, header, cut) + cut, false);

        assertThat(problem().type()).isEqualTo(ProblemType.ACCESS_DENIED);
    }

    @Test
    void isNoWholeAnswerWhenACompressedOrderIsCutShort() throws IOException {
        try (EmbeddedHost once =
                EmbeddedHost.builder()
                        .setting("partner-center.api-url", server.uri().toString())
                        .setting("order-lookup.max-attempts", "1")
                        .start()) {
            String whole = gzip(ORDER);
            String cut = whole.substring(0, whole.length() - 12);
            server.answer("asked", head(200, "Content-Encoding: gzip", cut) + cut, false);

            assertThat(once.outcome("asked"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem ->
                                    assertThat(problem.type())
                                            .isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: application/json; charset=",
                "Content-Type: ;;;",
                "Content-Type: text/html; charset=\"",
                "Content-Language: \u00e4\u00f6",
            })
    void isAnOrderWhateverElseItsHeadSays(String header) {
        server.answer("asked", head(200, header, ORDER) + ORDER, false);

        assertThat(outcome()).isInstanceOf(Order.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Retry-After: 0,600",
                "Retry-After: 600.25",
                "Retry-After: 0\r\nRetry-After: 600",
                "Retry-After: Friday, 31-Dec-49 23:59:59 GMT",
                "Retry-After: -1, Fri Dec 31 23:59:59 2049",
            })
    void waitsAsLongAsTheLongestOfSeveralValuesSays(String header) {
        server.answer("asked", head(429, header, FAULT) + FAULT, false);

        Problem problem = throttled();

        assertThat(problem.type()).isEqualTo(ProblemType.THROTTLED);
        assertThat(problem.attempts()).as("none before the deadline").isEqualTo(1);
    }

    /** At a host of its own: where customers were throttled, the others wait as well. */
    private static Problem throttled() {
        try (EmbeddedHost once =
                EmbeddedHost.builder()
                        .setting("partner-center.api-url", server.uri().toString())
                        .setting("order-lookup.deadline", "20s")
                        .start()) {
            return once.problem("asked");
        }
    }

    private static Object outcome() {
        return host.outcome(new OrderLookupRequest(UUID.randomUUID().toString(), "asked"));
    }

    private static Problem problem() {
        Object outcome = outcome();
        assertThat(outcome).isInstanceOf(Problem.class);
        return (Problem) outcome;
    }

    private static String head(int status, String header, String body) {
        return "HTTP/1.1 "
                + status
                + " X\r\nMS-RequestId: 1\r\n"
                + header
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n";
    }

    private static String gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
