package io.github.orderlookup.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    /** The statuses and codes that can concern this call, each with its problem and its retry. */
    @ParameterizedTest(name = "{0} with code {1}")
    @CsvSource({
        "400, 2000,   INVALID_REQUEST, none",
        "400, 2001,   INVALID_REQUEST, none",
        "400, 2205,   CUSTOMER_NOT_FOUND, none",
        "400, 3000,   INVALID_REQUEST, none",
        "400, 60003,  INVALID_REQUEST, none",
        "400, 800002, INVALID_REQUEST, none",
        "400, 900118, CUSTOMER_NOT_FOUND, none",
        "400, 900126, INVALID_REQUEST, none",
        "400, 900127, INVALID_REQUEST, none",
        "400, 900141, INVALID_REQUEST, none",
        "400, 0,      INVALID_REQUEST, none",
        "401, 400,    AUTHENTICATION_FAILED, fresh",
        "401, 800001, AUTHENTICATION_FAILED, fresh",
        "401, 900420, AUTHENTICATION_FAILED, none",
        "401, 900421, AUTHENTICATION_FAILED, none",
        "401, 12345,  AUTHENTICATION_FAILED, fresh",
        "403, 1002,   ACCESS_DENIED, none",
        "403, 2030,   ACCESS_DENIED, none",
        "403, 2032,   ACCESS_DENIED, none",
        "403, 20002,  ACCESS_DENIED, none",
        "403, 60003,  ACCESS_DENIED, none",
        "403, 90000,  ACCESS_DENIED, none",
        "403, 800039, ACCESS_DENIED, none",
        "403, 800043, ACCESS_DENIED, none",
        "403, 800073, ACCESS_DENIED, none",
        "403, 800074, ACCESS_DENIED, none",
        "403, 800075, ACCESS_DENIED, none",
        "403, 900123, ACCESS_DENIED, none",
        "403, 900124, ACCESS_DENIED, none",
        "403, 900149, ACCESS_DENIED, none",
        "403, 900150, ACCESS_DENIED, none",
        "403, 900308, ACCESS_DENIED, none",
        "403, 900309, ACCESS_DENIED, none",
        "403, 900329, ACCESS_DENIED, none",
        "403, 900416, ACCESS_DENIED, none",
        "404, 1000,   ORDER_NOT_FOUND, none",
        "404, 2205,   ORDER_NOT_FOUND, none",
        "404, 3000,   ORDER_NOT_FOUND, none",
        "404, 20000,  ORDER_NOT_FOUND, none",
        "404, 60003,  CUSTOMER_NOT_FOUND, none",
        "404, 800007, ORDER_NOT_FOUND, none",
        "405, 1,      INVALID_UPSTREAM_RESPONSE, none",
        "406, 1,      INVALID_UPSTREAM_RESPONSE, none",
        "408, 1,      UPSTREAM_UNAVAILABLE, again",
        "409, 800014, INVALID_UPSTREAM_RESPONSE, none",
        "409, 800060, INVALID_UPSTREAM_RESPONSE, none",
        "411, 1,      INVALID_UPSTREAM_RESPONSE, none",
        "412, 2055,   INVALID_UPSTREAM_RESPONSE, none",
        "415, 1,      INVALID_UPSTREAM_RESPONSE, none",
        "417, 800036, INVALID_UPSTREAM_RESPONSE, none",
        "429, 1,      THROTTLED, again",
        "500, 800003, UPSTREAM_UNAVAILABLE, again",
        "500, 800031, UPSTREAM_UNAVAILABLE, again",
        "500, 900192, UPSTREAM_UNAVAILABLE, again",
        "501, 0,      INVALID_UPSTREAM_RESPONSE, none",
        "502, 1,      UPSTREAM_UNAVAILABLE, again",
        "503, 1,      UPSTREAM_UNAVAILABLE, again",
        "504, 1,      UPSTREAM_UNAVAILABLE, again",
        "505, 1,      INVALID_UPSTREAM_RESPONSE, none",
    })
    void classifiesEveryStatusAndCode(int status, String code, ProblemType type, String retry) {
        String fault =
                "{\"code\":%s,\"description\":\"d\",\"data\":[],\"source\":\"s\"}".formatted(code);

        Failure failure = classify(Answers.of(status, fault));

        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.retry()).isEqualTo(!retry.equals("none"));
        assertThat(failure.freshToken()).isEqualTo(retry.equals("fresh"));
        assertThat(failure.answered()).isTrue();
        assertThat(failure.upstream()).isEqualTo(new Upstream(status, code, "d", "s"));
        assertThat(failure.detail()).endsWith(".").doesNotContain("://");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 204, 206, 300, 301, 302, 303, 304, 307, 308, 410, 418, 451})
    void takesAnyOtherStatusForUnusable(int status) {
        Failure failure = classify(Answers.of(status, ""));

        assertThat(failure.type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(failure.retry()).isFalse();
        assertThat(failure.upstream()).isEqualTo(new Upstream(status, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"completed\"}",
                "{\"unknown\":1,\"description\":\"of an order\"}",
                "{\"id\":\"a\",\"code\":429}",
                "{\"code\":429,\"id\":\"a\"}",
                "{\"statusCode\":503,\"lineItems\":[]}",
                "{\"error\":{},\"attributes\":{\"objectType\":\"Order\"}}",
                "{\"code\":null,\"items\":null}",
                "{\"code\":1",
                "[{\"code\":1}]",
                "code"
            })
    void leavesA200ThatMayBeAnOrderToItsReader(String body) {
        assertThat(FailureClassifier.classify(Answers.of(200, body), NOW)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":400072,\"description\":\"Request failed.\",\"data\":[],\"source\":\"PartnerFD\"}"
                        + " | 400072 | Request failed. | PartnerFD",
                "{\"statusCode\":404,\"message\":\"Resource not found\"} | | Resource not found |",
                "{\"error\":{\"code\":\"notAllowed\",\"message\":\"No.\"}} | notAllowed | No. |",
                "{\"Message\":\"An error has occurred.\"} | | An error has occurred. |",
                "{\"totalCount\":0,\"items\":[]} | | |",
                "{\"items\":[{\"id\":\"a\"}],\"attributes\":{\"objectType\":\"Collection\"}} | | |",
            })
    void takesA200ThatIsEvidentlyNoOrderForUnusable(
            String body, String code, String description, String source) {
        Failure failure = classify(Answers.of(200, body));

        assertThat(failure.type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(failure.retry()).isFalse();
        assertThat(failure.isOutage()).isFalse();
        assertThat(failure.upstream()).isEqualTo(new Upstream(200, code, description, source));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"statusCode\":429,\"message\":\"Rate limit is exceeded.\"} | THROTTLED",
                "{\"statusCode\":\"503\",\"message\":\"x\"} | UPSTREAM_UNAVAILABLE",
                "{\"code\":503,\"description\":\"x\"} | UPSTREAM_UNAVAILABLE",
                "{\"error\":{\"code\":\"429\",\"message\":\"x\"}} | THROTTLED",
                "{\"StatusCode\":500} | UPSTREAM_UNAVAILABLE",
            })
    void treatsA200AsTheRetriedStatusThatItStates(String body, ProblemType type) {
        Failure failure = classify(Answers.of(200, Map.of("Retry-After", "7"), body));

        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.retry()).isTrue();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"statusCode\":404,\"message\":\"Resource not found\"}",
                "{\"Message\":\"No HTTP resource was found that matches the request URI.\"}",
                "{\"status\":404,\"error\":\"Not Found\",\"path\":\"/v1\"}",
            })
    void believesTheMessageOfAGatewayOnlyWithAHeaderOfPartnerCenter(String body) {
        assertThat(classify(Answers.of(404, body)).type())
                .isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(classify(Answers.of(404, Map.of("MS-RequestId", "x"), body)).type())
                .isEqualTo(ProblemType.ORDER_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication failed. MFA required. (10001)",
                "\"authentication failed. mfa REQUIRED. (10001)\"",
                "{\"code\":10001}",
                "{\"statusCode\":401,\"message\":\"Authentication failed. MFA required. (10001)\"}",
                "{\"code\":400,\"description\":\"You must use multi-factor authentication.\"}",
                "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: x\"}",
                "{\"code\":\"900421\"}",
            })
    void spendsNoFreshTokenWhereMfaIsMissing(String body) {
        Failure failure = classify(Answers.of(401, body));

        assertThat(failure.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
        assertThat(failure.retry()).isFalse();
        assertThat(failure.freshToken()).isFalse();
        assertThat(failure.detail()).contains("multi-factor", "order-lookup sign-in");
        assertThat(FailureClassifier.refusesToken(Answers.of(401, body))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDX10214: Audience validation failed.",
                "{\"message\":\"Invalid audience.\"}",
                "{\"code\":900420}",
            })
    void spendsNoFreshTokenForAnotherService(String body) {
        Failure failure = classify(Answers.of(401, body));

        assertThat(failure.retry()).isFalse();
        assertThat(failure.detail()).contains("audience", "partner-center.scope");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "a-front-door.json, ORDER_NOT_FOUND",
        "a-front-door-data-alone.json, ORDER_NOT_FOUND",
        "b-second-generation-final.json, ORDER_NOT_FOUND",
        "c-api-management.json, INVALID_UPSTREAM_RESPONSE",
        "e-other-host.json, ORDER_NOT_FOUND",
        "f-gateway.html, INVALID_UPSTREAM_RESPONSE",
        "g-empty.txt, INVALID_UPSTREAM_RESPONSE",
        "h-proxy.txt, INVALID_UPSTREAM_RESPONSE",
        "x-unknown-object.json, INVALID_UPSTREAM_RESPONSE",
        "x-cut-short.json, INVALID_UPSTREAM_RESPONSE",
        "x-array.json, INVALID_UPSTREAM_RESPONSE",
    })
    void believesA404OnlyFromPartnerCenter(String resource, ProblemType type) {
        assertThat(classify(Answers.ofResource(404, resource)).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MS-RequestId", "ms-correlationid", "Ms-CV"})
    void believesAnEmpty404WithAHeaderOfPartnerCenter(String header) {
        Failure failure = classify(Answers.of(404, Map.of(header, "x"), ""));

        assertThat(failure.type()).isEqualTo(ProblemType.ORDER_NOT_FOUND);
    }

    @Test
    void believesNoOtherEmpty404() {
        Failure failure = classify(Answers.of(404, Map.of("X-MS-Thing", "x", "Date", "y"), ""));

        assertThat(failure.type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504})
    void obeysAVetoAgainstARetry(int status) {
        Failure failure = classify(Answers.ofResource(status, "b-second-generation-final.json"));

        assertThat(failure.retry()).isFalse();
        assertThat(failure.freshToken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 501})
    void isNotTalkedIntoARetry(int status) {
        Failure failure = classify(Answers.ofResource(status, "b-second-generation-passing.json"));

        assertThat(failure.retry()).isFalse();
    }

    @ParameterizedTest(name = "{0} says {1} code {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | 2030   | country",
                "403 | 2032   | roles",
                "403 | 20002  | reseller relationship",
                "403 | 800043 | partner-center.include-price",
                "403 | 800074 | review",
                "403 | 900123 | Partner Agreement",
                "403 | 900150 | role",
                "403 | 900308 | GDAP",
                "403 | 900309 | Conditional Access",
                "403 | 900329 | partner-center.auth-mode",
                "403 | 900416 | locked",
                "403 | 77     | check the roles",
                "401 | 900420 | partner-center.scope",
                "401 | 900421 | multi-factor",
                "401 | 77     | registered",
                "302 | 77     | redirect",
            })
    void saysWhatToDo(int status, String code, String word) {
        assertThat(classify(Answers.of(status, "{\"code\":" + code + "}")).detail()).contains(word);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "57 | PT57S",
                "' 57 ' | PT57S",
                "0 | PT0S",
                "007 | PT7S",
                "2.542 | PT3S",
                "2.0 | PT2S",
                ".001 | PT1S",
                "0,120 | PT2M",
                "120, 0 | PT2M",
                "5, soon, -600 | PT5S",
                "'5, Sun, 06 Nov 1994 08:49:37 GMT' | PT37S",
                "'Sunday, 06-Nov-94 08:49:37 GMT, 40' | PT40S",
                "'Sun Nov  6 08:49:37 1994,5' | PT37S",
                "99999999999999999999999999 | PT8760H",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT37S",
                "Sun Nov  6 08:49:37 1994 | PT37S",
                "Sat, 05 Nov 1994 08:49:37 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT8760H",
            })
    void readsRetryAfter(String header, Duration expected) {
        UpstreamResponse response = Answers.of(429, Map.of("retry-after", header), "");

        assertThat(classify(response).retryAfter()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-3",
                "-99999999999999999999",
                "1.5.2",
                ".",
                "1e3",
                "57s",
                "+5",
                "0x10",
                "٣",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "1994-11-06"
            })
    void ignoresAnUnreadableRetryAfter(String header) {
        UpstreamResponse response = Answers.of(503, Map.of("Retry-After", header), "");

        assertThat(classify(response).retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "408,true",
        "429,true",
        "500,true",
        "503,true",
        "401,false",
        "403,false",
        "301,false"
    })
    void looksForRetryAfterOnlyWhereWaitingHelps(int status, boolean read) {
        UpstreamResponse response = Answers.of(status, Map.of("Retry-After", "5"), "");

        assertThat(classify(response).retryAfter()).isEqualTo(read ? Duration.ofSeconds(5) : null);
    }

    @ParameterizedTest
    @CsvSource({"NETWORK, UPSTREAM_UNAVAILABLE", "TIMEOUT, UPSTREAM_TIMEOUT"})
    void repeatsWhatGotNoAnswerUnderTheSameRequestId(
            NetworkFailure networkFailure, ProblemType type) {
        Failure failure = FailureClassifier.classify(networkFailure);

        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.retry()).isTrue();
        assertThat(failure.answered()).isFalse();
        assertThat(failure.upstream()).isNull();
    }

    @Test
    void givesUpOnARefusedCredentialButNotOnALoginHostThatIsDown() {
        Failure refused = FailureClassifier.signIn(true, "AADSTS7000222: renew it.", null);
        Failure down = FailureClassifier.signIn(false, "Down.", Duration.ofSeconds(3));

        assertThat(refused.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
        assertThat(refused.retry()).isFalse();
        assertThat(down.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(down.retry()).isTrue();
        assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    private static Failure classify(UpstreamResponse response) {
        return FailureClassifier.classify(response, NOW).orElseThrow();
    }
}
