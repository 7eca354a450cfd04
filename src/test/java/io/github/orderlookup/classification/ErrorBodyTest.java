package io.github.orderlookup.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.classification.ErrorBody.Kind;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Problem;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments(
                        "a-front-door.json",
                        new ErrorBody(
                                Kind.SERVICE_ERROR,
                                "2031",
                                "The quoted tenant is unknown to us &#40;yet&#41;.",
                                "PartnerFD",
                                null)),
                arguments(
                        "a-front-door-code-as-text.json",
                        new ErrorBody(
                                Kind.SERVICE_ERROR,
                                "20000",
                                "No order has this id.",
                                "OrderGateway",
                                null)),
                arguments(
                        "a-front-door-data-alone.json",
                        new ErrorBody(Kind.SERVICE_ERROR, null, null, null, null)),
                arguments(
                        "b-second-generation-final.json",
                        new ErrorBody(
                                Kind.SERVICE_ERROR, "700001", "Nothing to see here.", null, false)),
                arguments(
                        "b-second-generation-passing.json",
                        new ErrorBody(
                                Kind.SERVICE_ERROR, "700002", "Come back later.", null, true)),
                arguments(
                        "c-api-management.json",
                        new ErrorBody(
                                Kind.MESSAGE,
                                null,
                                "Slow down. Come again in 7 seconds.",
                                null,
                                null)),
                arguments(
                        "d-login-host.json",
                        new ErrorBody(Kind.MESSAGE, "invalid_client", "AADSTS7000299", null, null)),
                arguments(
                        "e-other-host.json",
                        new ErrorBody(
                                Kind.SERVICE_ERROR,
                                "notAllowed",
                                "The caller may not.",
                                null,
                                null)),
                arguments(
                        "f-gateway.html",
                        new ErrorBody(Kind.OTHER, null, "502 Bad Gateway", null, null)),
                arguments("g-empty.txt", new ErrorBody(Kind.EMPTY, null, null, null, null)),
                arguments(
                        "h-proxy.txt",
                        new ErrorBody(
                                Kind.OTHER,
                                null,
                                "upstream connect error or disconnect before headers",
                                null,
                                null)),
                arguments(
                        "x-unknown-object.json", new ErrorBody(Kind.OTHER, null, null, null, null)),
                arguments(
                        "x-cut-short.json",
                        new ErrorBody(
                                Kind.OTHER,
                                null,
                                "{\"code\":2031,\"description\":\"cut in the mid",
                                null,
                                null)),
                arguments(
                        "x-array.json",
                        new ErrorBody(Kind.OTHER, null, "[{\"code\":2031}]", null, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void readsEveryShape(String resource, ErrorBody expected) {
        ErrorBody body = ErrorBody.of(Answers.ofResource(500, resource));

        assertThat(body).isEqualTo(expected);
    }

    @Test
    void readsAnErrorBodyBehindAByteOrderMark() {
        ErrorBody body = ErrorBody.of(Answers.of(404, "\uFEFF{\"code\":60003}"));

        assertThat(body.code()).isEqualTo("60003");
    }

    @ParameterizedTest
    @ValueSource(strings = {" \r\n\t ", "\uFEFF", "\uFEFF\n"})
    void takesABodyOfNothingVisibleForEmpty(String text) {
        assertThat(ErrorBody.of(Answers.of(404, text)).kind()).isEqualTo(Kind.EMPTY);
    }

    @Test
    void takesJsonThatIsTooDeepForText() {
        String deep = "{\"code\":1,\"data\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        ErrorBody body = ErrorBody.of(Answers.of(500, deep));

        assertThat(body.kind()).isEqualTo(Kind.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":1e1000000}",
                "{\"code\":{\"nested\":true},\"description\":[1,2]}",
                "{\"code\":null,\"description\":null,\"isRetryable\":\"false\"}",
                "{\"error\":[]}",
                "{\"error\":{}}",
                "{\"code\":\"\\ud800\",\"description\":\"\\udc00\"}",
                "<html><title>",
                "<title><title><title",
                "<html>\u0130\u0130\u0130<TITLE>x</TITLE>",
                "{",
                "null",
                "\u0000\u0001\u0002",
            })
    void neverFailsAndAlwaysBecomesAProblem(String text) {
        UpstreamResponse response = Answers.of(500, text);

        Failure failure = FailureClassifier.classify(response, Instant.EPOCH).orElseThrow();

        assertThat(
                        Problem.of(failure.type(), failure.detail())
                                .withUpstream(failure.upstream())
                                .toJson())
                .isNotEmpty();
    }

    @Test
    void readsNumbersOfAnySizeWithoutSpellingThemOut() {
        UpstreamResponse response = Answers.of(500, "{\"code\":" + "9".repeat(900) + "}");

        Failure failure = FailureClassifier.classify(response, Instant.EPOCH).orElseThrow();

        assertThat(failure.upstream().code()).hasSize(64);
    }

    @Test
    void looksOnlyAtTheBeginningOfALargeBody() {
        UpstreamResponse response = Answers.of(502, Map.of(), new byte[16 << 20]);

        assertThat(ErrorBody.of(response).kind()).isEqualTo(Kind.OTHER);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Message\":\"No route.\"} | No route.",
                "{\"MESSAGE\":\"No route.\",\"StackTrace\":\"at X\"} | No route.",
                "{\"Message\":\"An error.\",\"ExceptionMessage\":\"Why.\"} | An error. Why.",
                "{\"Message\":\"No route.\",\"MessageDetail\":\"No type.\"} | No route. No type.",
                "{\"ExceptionMessage\":\"Why.\"} | Why.",
                "{\"Message\":\"a\",\"message\":\"b\"} | b",
                "{\"message\":\"b\",\"Message\":\"a\"} | b",
                "{\"error\":\"invalid_token\",\"error_description\":\"Too old.\"} | Too old.",
                "{\"error\":\"x\",\"error_description\":\"aadsts700027: y z\"} | AADSTS700027",
                "{\"Error\":{\"Code\":7,\"Message\":\"No.\"}} | No.",
                "{\"Code\":7,\"Description\":\"No.\",\"Source\":\"x\"} | No.",
            })
    void findsTheTextWhateverItsMemberIsCalled(String json, String text) {
        assertThat(ErrorBody.of(Answers.of(400, json)).description()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20000", "\"20000\"", "123456789012345678901234567890", "2.5", "0"})
    void readsTheCodeAsText(String code) {
        assertThat(ErrorBody.of(Answers.of(400, "{\"code\":" + code + "}")).code())
                .isEqualTo(code.replace("\"", ""));
    }

    @Test
    void readsTheBeginningOfAnErrorBodyThatIsVeryLong() {
        String fault =
                "{\"code\":20000,\"description\":\"d\",\"data\":[" + "{},".repeat(1 << 20) + "{}]}";

        ErrorBody body = ErrorBody.of(Answers.of(404, fault));

        assertThat(body).isEqualTo(new ErrorBody(Kind.SERVICE_ERROR, "20000", "d", null, null));
    }

    @Test
    void takesMemoryInProportionToTheBody() {
        byte[] fault =
                ("{\"code\":1,\"x\":[" + "{},".repeat(300_000) + "{}]}")
                        .getBytes(StandardCharsets.UTF_8);
        UpstreamResponse response = new UpstreamResponse(500, Map.of(), fault);

        long before = allocated();
        ErrorBody body = ErrorBody.of(response);
        long taken = allocated() - before;

        assertThat(body.code()).isEqualTo("1");
        assertThat(taken).isLessThan(3L * fault.length);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Property
    void takesAnyBytes(@ForAll byte[] bytes) {
        assertThat(ErrorBody.of(new UpstreamResponse(500, Map.of(), bytes))).isNotNull();
    }

    @Property
    void takesAnyJsonText(@ForAll String code, @ForAll String description) {
        String quoted = "{\"code\":\"" + code + "\",\"description\":\"" + description + "\"}";

        ErrorBody body =
                ErrorBody.of(
                        new UpstreamResponse(
                                500, Map.of(), quoted.getBytes(StandardCharsets.UTF_8)));

        assertThat(body.kind()).isNotEqualTo(Kind.EMPTY);
    }
}
