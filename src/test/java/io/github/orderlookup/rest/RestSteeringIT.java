package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a REST request steers the call but its path. */
class RestSteeringIT {

    private final RawHttp http = OpenDoor.http();
    private final Simulator simulator = OpenDoor.simulator();

    /** Tests do not meet each other's throttling. */
    private final String customer = UUID.randomUUID().toString();

    static Stream<String> steering() {
        return Stream.of(
                "customerId",
                "orderId",
                "customer-tenant-id",
                "id-for-order",
                "include_price",
                "Accept",
                "Authorization",
                "X-API-Key",
                "X-Locale",
                "MS-RequestId",
                "MS-Contract-Version",
                "MS-PartnerCenter-Application",
                "X-HTTP-Method-Override",
                "CamelHttpUri",
                "CamelHttpUrl",
                "CamelHttpPath",
                "CamelHttpQuery",
                "CamelHttpRawQuery",
                "CamelHttpMethod",
                "CamelHttpHost",
                "CamelHttpPort",
                "CamelHttpBaseUri",
                "CamelHttpProtocolVersion",
                "CamelHttpResponseCode",
                "CamelRestHttpUri",
                "CamelRestHttpQuery",
                "CamelRestHttpMethod",
                "CamelBeanMethodName",
                "CamelJacksonUnmarshalType",
                "CamelKafkaOverrideTopic",
                "CamelToEndpoint",
                "kafka.OVERRIDE_TOPIC",
                "order-lookup",
                "order-lookup-http-fault");
    }

    @ParameterizedTest
    @MethodSource("steering")
    void isNotSteeredByHeadersOrParameters(String name) {
        String id = "order--" + name.replace('.', '-');
        List<String> cases =
                List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT));
        String value = "http://127.0.0.1:9/evil";
        List<RawAnswer> answers = new ArrayList<>();

        for (String spelled : cases) {
            answers.add(http.get(path(id), spelled + ": " + value));
            answers.add(http.get(path(id) + "?" + spelled + "=" + value));
        }

        assertThat(answers).extracting(RawAnswer::status).containsOnly(200);
        List<Received> calls = simulator.apiLog().forOrder(id);
        assertThat(calls).hasSize(answers.size());
        for (Received call : calls) {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.uri()).isEqualTo(path(id) + "?include_price=true");
            assertThat(OpenDoor.headerNames(call))
                    .containsExactlyInAnyOrderElementsOf(OpenDoor.CALL_HEADERS);
            assertThat(call.headers()).extracting(Header::value).noneMatch(value::equals);
        }
    }

    @Test
    void takesNoCorrelationIdFromTheQuery() {
        String given = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();

        RawAnswer alone = http.get(path("order--q1") + "?MS-CorrelationId=" + given);
        RawAnswer both =
                http.get(
                        path("order--q2") + "?ms-correlationid=" + given,
                        "MS-CorrelationId: " + other);

        assertThat(alone.header("MS-CorrelationId").orElseThrow())
                .matches(OpenDoor.GUID)
                .isNotEqualTo(given);
        assertThat(both.header("MS-CorrelationId")).contains(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?x=/v1/customers/%s/orders/order--other",
                "?/customers/%s/orders/order--other",
                "?a&b=c?/customers/%s/orders/order--other#x"
            })
    void readsTheIdsFromThePathAlone(String query) {
        String id = "order--path-" + Math.abs(query.hashCode());

        RawAnswer answer = http.get(path(id) + query.formatted(UUID.randomUUID()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asText()).isEqualTo(id);
        assertThat(OpenDoor.onlyCall(id).path()).isEqualTo(path(id));
    }

    @Test
    void decodesEscapesOfWhatNeedsNone() {
        RawAnswer answer = http.get(path("%6frder-%2desc%61ped"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(OpenDoor.onlyCall("order--escaped").path()).isEqualTo(path("order--escaped"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, hello",
        "application/json, '{\"customerId\": \"x\", \"orderId\": \"y\"}'",
        "application/x-www-form-urlencoded, orderId=evil&customerId=evil",
        "multipart/form-data; boundary=b, --b--",
        "';;;', x"
    })
    void passesOverABody(String contentType, String body) {
        String id = "order--body-" + Math.abs(contentType.hashCode());

        RawAnswer answer =
                http.send(
                        "GET",
                        path(id),
                        body.getBytes(StandardCharsets.UTF_8),
                        "Content-Type: " + contentType);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(OpenDoor.onlyCall(id).path()).isEqualTo(path(id));
    }

    @Test
    void takesNoRequestFromTheBodyWhenThePathIsNone() {
        String body =
                "{\"customerId\": \"%s\", \"orderId\": \"order--in-body\"}".formatted(customer);

        RawAnswer answer = http.send("GET", path("x/"), body.getBytes(StandardCharsets.UTF_8));

        RestAssertions.assertFaultOfHttp(answer, 404);
        assertThat(simulator.apiLog().forOrder("order--in-body")).isEmpty();
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
