package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.classification.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, invalid-request, 400, false",
        "CUSTOMER_NOT_FOUND, customer-not-found, 404, false",
        "ORDER_NOT_FOUND, order-not-found, 404, false",
        "ACCESS_DENIED, access-denied, 403, false",
        "AUTHENTICATION_FAILED, authentication-failed, 502, false",
        "THROTTLED, throttled, 503, true",
        "UPSTREAM_UNAVAILABLE, upstream-unavailable, 503, true",
        "UPSTREAM_TIMEOUT, upstream-timeout, 504, true",
        "INVALID_UPSTREAM_RESPONSE, invalid-upstream-response, 502, false",
        "OUTCOME_TOO_LARGE, outcome-too-large, 502, false",
        "REPLY_FAILED, reply-failed, 502, true",
        "DEADLINE_EXCEEDED, deadline-exceeded, 504, true",
        "OVERLOADED, overloaded, 503, true",
        "UNAUTHORIZED, unauthorized, 401, false",
        "INTERNAL_ERROR, internal-error, 500, false",
    })
    void hasOneUrnStatusAndRetryabilityForEachType(
            ProblemType type, String name, int status, boolean retryable) {
        assertThat(type.urn()).isEqualTo("urn:order-lookup:problem:" + name);
        assertThat(type.status()).isEqualTo(status);
        assertThat(type.retryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @EnumSource
    void hasATitleForEachType(ProblemType type) {
        assertThat(type.title()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void writesAllMembersInTheirOrder() {
        Problem problem =
                new Problem(
                        ProblemType.ORDER_NOT_FOUND,
                        "No such order.",
                        2,
                        "c",
                        "o",
                        "k",
                        "r",
                        new RecordOrigin("t", 3, 12),
                        new Upstream(404, "20000", "text", "PartnerFD"));

        assertThat(text(problem))
                .isEqualTo(
                        "{\"type\":\"urn:order-lookup:problem:order-not-found\","
                                + "\"title\":\"The order was not found\",\"status\":404,"
                                + "\"detail\":\"No such order.\",\"retryable\":false,"
                                + "\"attempts\":2,\"customerId\":\"c\",\"orderId\":\"o\","
                                + "\"correlationId\":\"k\",\"requestId\":\"r\","
                                + "\"request\":{\"topic\":\"t\",\"partition\":3,\"offset\":12},"
                                + "\"upstream\":{\"status\":404,\"code\":\"20000\","
                                + "\"description\":\"text\",\"source\":\"PartnerFD\"}}");
    }

    @Test
    void leavesOutWhatHasNoValue() {
        Problem problem =
                Problem.of(ProblemType.OVERLOADED, "Busy.")
                        .withUpstream(new Upstream(503, null, null, null));

        assertThat(text(problem))
                .isEqualTo(
                        "{\"type\":\"urn:order-lookup:problem:overloaded\","
                                + "\"title\":\"Too many lookups are under way\",\"status\":503,"
                                + "\"detail\":\"Busy.\",\"retryable\":true,\"attempts\":0,"
                                + "\"upstream\":{\"status\":503}}");
    }

    @Test
    void keepsTheFirstBytesOfAnUnreadableRequest() throws Exception {
        byte[] value = new byte[5_000];
        Arrays.fill(value, (byte) 0xFE);
        Problem problem =
                Problem.of(ProblemType.INVALID_REQUEST, "No.")
                        .withRequest(new RecordOrigin("t", 0, 1, value));

        byte[] kept =
                Base64.getDecoder()
                        .decode(
                                new ObjectMapper()
                                        .readTree(problem.toJson())
                                        .at("/request/value")
                                        .textValue());

        assertThat(kept).isEqualTo(Arrays.copyOf(value, 1_024));
    }

    @Test
    void cutsADescriptionBetweenCharacters() {
        String pairs = "x" + "😀".repeat(1_000);

        Upstream upstream = new Upstream(500, null, pairs, null);

        assertThat(upstream.description()).hasSize(1_023).endsWith("😀");
    }

    @Test
    void keepsADescriptionOfTheGreatestLength() {
        String text = "a".repeat(1_024);

        assertThat(new Upstream(500, null, text, null).description()).isEqualTo(text);
    }

    @Test
    void writesHalfASurrogatePairWithoutFailing() {
        Problem problem =
                Problem.of(ProblemType.INTERNAL_ERROR, "x")
                        .withUpstream(new Upstream(500, null, "\ud800!", null));

        assertThat(text(problem)).contains("\"description\":\"\\\\u{D800}!\"");
    }

    @Test
    void writesTheProblemsOfHttpItself() {
        String json =
                new String(
                        HttpProblem.toJson(405, "Only GET is understood."), StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\","
                                + "\"status\":405,\"detail\":\"Only GET is understood.\"}");
    }

    private static String text(Problem problem) {
        return new String(problem.toJson(), StandardCharsets.UTF_8);
    }
}
