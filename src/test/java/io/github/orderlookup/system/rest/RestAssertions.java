package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What holds for every answer of its kind at the REST endpoint. */
public final class RestAssertions {

    private RestAssertions() {}

    public static void assertHttpError(RawAnswer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.headerNames())
                .containsExactlyInAnyOrder(
                        "cache-control", "content-length", "content-type", "ms-correlationid");
        assertThat(answer.header("Content-Type")).contains(RawAnswer.PROBLEM);
        assertThat(answer.header("MS-CorrelationId").orElseThrow()).matches(OpenRestEndpoint.GUID);
        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("type", "title", "status", "detail");
        assertThat(answer.type()).isEqualTo(RawAnswer.BLANK);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    }

    static JsonNode assertProblem(
            RawAnswer answer, int status, String type, boolean retryable, int attempts) {
        JsonNode problem = answer.json();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("urn:order-lookup:problem:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("retryable").asBoolean()).isEqualTo(retryable);
        assertThat(problem.path("attempts").asInt(-1)).isEqualTo(attempts);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.has("request")).isFalse();

        List<String> names =
                new ArrayList<>(
                        List.of(
                                "cache-control",
                                "content-length",
                                "content-type",
                                "ms-correlationid"));
        if (attempts > 0) {
            names.add("ms-requestid");
        }
        if (status == 503) {
            names.add("retry-after");
        }
        assertThat(answer.headerNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(answer.header("Content-Type")).contains(RawAnswer.PROBLEM);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("MS-CorrelationId"))
                .contains(problem.path("correlationId").asText());
        assertThat(answer.header("MS-RequestId").orElse(""))
                .isEqualTo(problem.path("requestId").asText(""));
        return problem;
    }
}
