package io.github.orderlookup.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.orders.CallHeaders;
import io.github.orderlookup.system.rest.OpenRestEndpoint;
import io.github.orderlookup.system.rest.Paths;
import io.github.orderlookup.system.rest.RawAnswer;
import io.github.orderlookup.system.rest.RawHttp;
import io.github.orderlookup.system.rest.RestAssertions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a REST request steers the call but its path. */
class RestSteeringIT {

    private static final String[] ANSWER_HEADERS = {
        "cache-control", "content-length", "content-type", "ms-correlationid", "ms-requestid"
    };

    private final RawHttp http = OpenRestEndpoint.http();
    private final Simulator simulator = OpenRestEndpoint.simulator();

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
            assertThat(OpenRestEndpoint.headerNames(call))
                    .containsExactlyInAnyOrderElementsOf(CallHeaders.names());
            assertThat(call.headers()).extracting(Header::value).noneMatch(value::equals);
        }
    }

    /** Every header that steers a component of Camel, in every case, as header and as parameter. */
    @Test
    void isNotSteeredByAnyControlHeader() {
        String id = "order--matrix";
        int asked = 0;

        for (UnaryOperator<String> spelling : ControlHeaders.spellings()) {
            List<Map.Entry<String, String>> all =
                    List.copyOf(ControlHeaders.headers(spelling, "evil").entrySet());
            for (int from = 0; from < all.size(); from += 40) {
                List<Map.Entry<String, String>> some =
                        all.subList(from, Math.min(from + 40, all.size()));
                String[] headers =
                        some.stream()
                                .map(header -> header.getKey() + ": " + header.getValue())
                                .toArray(String[]::new);
                String query =
                        some.stream()
                                .map(header -> header.getKey() + "=" + header.getValue())
                                .collect(Collectors.joining("&", "?", ""));
                RawAnswer byHeader = http.get(path(id), headers);
                RawAnswer byQuery = http.get(path(id) + query);
                asked += 2;

                assertThat(List.of(byHeader, byQuery)).allMatch(answer -> answer.status() == 200);
                assertThat(List.of(byHeader, byQuery))
                        .allSatisfy(
                                answer ->
                                        assertThat(answer.headerNames())
                                                .containsExactlyInAnyOrder(ANSWER_HEADERS));
            }
        }

        List<Received> calls = simulator.apiLog().forOrder(id);
        assertThat(calls).hasSize(asked);
        for (Received call : calls) {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.uri()).isEqualTo(path(id) + "?include_price=true");
            assertThat(OpenRestEndpoint.headerNames(call))
                    .containsExactlyInAnyOrderElementsOf(CallHeaders.names());
            assertThat(call.toString()).doesNotContain(ControlHeaders.EVIL);
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
                .matches(OpenRestEndpoint.GUID)
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
        assertThat(OpenRestEndpoint.onlyCall(id).path()).isEqualTo(path(id));
    }

    @Test
    void decodesEscapesOfWhatNeedsNone() {
        RawAnswer answer = http.get(path("%6frder-%2desc%61ped"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(OpenRestEndpoint.onlyCall("order--escaped").path())
                .isEqualTo(path("order--escaped"));
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
        assertThat(OpenRestEndpoint.onlyCall(id).path()).isEqualTo(path(id));
    }

    @Test
    void takesNoRequestFromTheBodyWhenThePathIsNone() {
        String body =
                "{\"customerId\": \"%s\", \"orderId\": \"order--in-body\"}".formatted(customer);

        RawAnswer answer = http.send("GET", path("x/"), body.getBytes(StandardCharsets.UTF_8));

        RestAssertions.assertHttpError(answer, 404);
        assertThat(simulator.apiLog().forOrder("order--in-body")).isEmpty();
    }

    /** What leaves for an id is the path of the call with it as it is, or nothing leaves. */
    @Test
    void callsForGoodIdsAloneAndAsTheyAre() {
        for (Ids.Pair pair : Ids.pairs(20_261_123, 200)) {
            int before = simulator.apiLog().size();

            RawAnswer answer =
                    http.get(
                            Paths.order(
                                    Ids.escaped(pair.customerId()), Ids.escaped(pair.orderId())));

            assertThat(simulator.apiLog().size() - before).isEqualTo(pair.isGood() ? 1 : 0);
            if (pair.isGood()) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(simulator.apiLog().all().get(before).path()).isEqualTo(pair.path());
            } else {
                assertThat(answer.status()).as(pair.toString()).isIn(400, 404);
            }
        }
    }

    /** Ids that are sent without escapes may end where a query begins, but never reach further. */
    @Test
    void callsWithSixSegmentsWhateverTheTargetIs() {
        List<Ids.Pair> printable =
                Ids.pairs(20_261_124, 400).stream()
                        .filter(pair -> pair.path().matches("[!-~]+"))
                        .toList();
        int before = simulator.apiLog().size();

        for (Ids.Pair pair : printable) {
            assertThat(http.get(pair.path()).status()).as(pair.toString()).isIn(200, 400, 404);
        }

        assertThat(simulator.apiLog().all().subList(before, simulator.apiLog().size()))
                .hasSizeGreaterThan(50)
                .allMatch(call -> Ids.CALL.matcher(call.path()).matches())
                .allMatch(call -> call.uri().equals(call.path() + "?include_price=true"));
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
