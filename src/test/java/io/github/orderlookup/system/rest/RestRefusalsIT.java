package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused at the REST endpoint without a call. */
class RestRefusalsIT {

    private final RawHttp http = OpenRestEndpoint.http();
    private final Simulator simulator = OpenRestEndpoint.simulator();

    /** Tests do not meet each other's throttling. */
    private final String customer = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%2fb",
                "..%2f..",
                "%2e%2e%2fx",
                "a%5Cb",
                "a\\b",
                "%00",
                "a%00b",
                "a%0d%0aX:y",
                "%EF%BC%91%EF%BC%92",
                "%C3%A9",
                "é",
                "a%20b",
                "a+b",
                "a%2Bb",
                "a;b",
                "a;b=c",
                "a@b",
                "a:b",
                "a&b",
                "a=b",
                "a*b",
                "a%25b",
                "a%3Fb",
                "a%23b",
                "a%252Fb",
                "{x}",
                "%7Bx%7D",
                "${x}",
                "{{x}}",
                "a~b",
                "a.b",
                "%F0%9F%98%80",
                "%E2%80%AEx",
                "%EF%BF%BD",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesAnOrderIdThatIsNone(String segment) {
        int before = simulator.apiLog().size();

        RawAnswer answer = http.get(path(segment));

        RestAssertions.assertProblem(answer, 400, "invalid-request", false, 0);
        assertThat(answer.json().path("detail").asText()).contains("orderId");
        assertThat(answer.json().has("orderId")).isFalse();
        assertThat(answer.header("MS-RequestId")).isEmpty();
        assertThat(simulator.apiLog().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso.onmicrosoft.com",
                "%7B6c1a1d5e-3f0b-4a55-9d0e-0d6a3e5f7b21%7D",
                "6c1a1d5e3f0b4a559d0e0d6a3e5f7b21",
                "6c1a1d5e-3f0b-4a55-9d0e-0d6a3e5f7b2%EF%BC%91",
                "6c1a1d5e-3f0b-4a55-9d0e-0d6a3e5f7b21%20",
                "..%2f..",
                "%00"
            })
    void refusesACustomerIdThatIsNone(String segment) {
        int before = simulator.apiLog().size();

        RawAnswer answer = http.get(Paths.order(segment, "order--1"));

        RestAssertions.assertProblem(answer, 400, "invalid-request", false, 0);
        assertThat(answer.json().path("detail").asText()).contains("customerId");
        assertThat(simulator.apiLog().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "a%2", "%u0041", "%c3%28", "%c0%af", "%ED%A0%80", "%ff"})
    void answersABadEscapeWith400(String segment) {
        RestAssertions.assertHttpError(http.get(path(segment)), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/nothing",
                "/v1/customers",
                "/v1/customers/%s",
                "/v1/customers/%s/orders",
                "/v1/customers/%s/orders/",
                "/v1/customers/%s/orders/order--1/",
                "/v1/customers/%s/orders/order--1//",
                "/v1/customers/%s/orders//order--1",
                "/v1/customers//orders/order--1",
                "/v1/customers/%s/orders/..",
                "/v1/customers/%s/orders/%%2e%%2e",
                "/v1/customers/%s/orders/order--1/provisioningstatus",
                "/v2/customers/%s/orders/order--1",
                "/V1/customers/%s/orders/order--1",
                "//v1/customers/%s/orders/order--1",
                "/v1//customers/%s/orders/order--1",
                "/./v1/customers/%s/orders/order--1",
                "/v1/x/../customers/%s/orders/order--1",
                "/v1/%%2e/customers/%s/orders/order--1",
                "/customers/%s/orders/order--1",
                "/observe/health",
                "/observe/metrics",
                "/q/dev"
            })
    void answersAnUnknownPathWith404(String path) {
        RestAssertions.assertHttpError(http.get(path.formatted(customer)), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "LOCK"
            })
    void answersAnotherMethodWith405(String method) {
        RawAnswer answer = http.send(method, path("order--method"), new byte[0]);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.header("MS-CorrelationId").orElseThrow()).matches(OpenRestEndpoint.GUID);
        assertThat(answer.header("Content-Type")).contains(RawAnswer.PROBLEM);
        if (!method.equals("HEAD")) {
            assertThat(answer.type()).isEqualTo(RawAnswer.BLANK);
        }
        assertThat(simulator.apiLog().forOrder("order--method")).isEmpty();
    }

    @Test
    void answersABodyThatIsTooLargeWith413() {
        RawAnswer answer = http.send("GET", path("order--large"), new byte[70_000]);

        RestAssertions.assertHttpError(answer, 413);
        assertThat(simulator.apiLog().forOrder("order--large")).isEmpty();
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
