package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.settings.Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestRequestsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String GUID = "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f";

    private final RestRequests unguarded =
            new RestRequests(new ApiKeys(List.of()), 1000, Tracing.OFF, CLOCK);
    private final RestRequests guarded =
            new RestRequests(new ApiKeys(List.of(new Secret("key"))), 1000, Tracing.OFF, CLOCK);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
                    /v1/customers/c-1/orders/o-2,                                        c-1,  o-2
                    /base/v1/customers/c-1/orders/o-2,                                   c-1,  o-2
                    http://127.0.0.1:8080/v1/customers/c-1/orders/o-2,                   c-1,  o-2
                    /v1/customers/c-1/orders/o-2?orderId=evil&customerId=evil,           c-1,  o-2
                    /v1/customers/c-1/orders/o-2?x=/customers/evil/orders/evil,          c-1,  o-2
                    /v1/customers/c-1/orders/o-2?,                                       c-1,  o-2
                    /v1/customers/c-1/orders/o-2?x=//y/../z,                             c-1,  o-2
                    /v1/customers/%63-1/orders/o%2D2,                                    c-1,  o-2
                    /v1/customers/c+1/orders/o%2B2,                                      c+1,  o+2
                    /v1/customers/c%2F1/orders/o%3F2,                                    c/1,  o?2
                    /v1/customers/c%C3%A9/orders/o;x=1,                                  cé,   o;x=1
                    """)
    void readsTheIdsFromThePathAlone(String target, String customerId, String orderId) {
        open(target);

        assertThat(exchange.getMessage().getBody())
                .isEqualTo(Map.of("customerId", customerId, "orderId", orderId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/v1/customers/c-1/orders",
                "/v1/customers/c-1/orders/",
                "/v1/customers/c-1/orders/o-2/",
                "/v1/customers/c-1/orders/o-2/lines",
                "/v1/customers//orders/o-2",
                "//v1/customers/c-1/orders/o-2",
                "/v1//customers/c-1/orders/o-2",
                "/v1/customers/c-1//orders/o-2",
                "/./v1/customers/c-1/orders/o-2",
                "/v1/x/../customers/c-1/orders/o-2",
                "/v1/%2e/customers/c-1/orders/o-2",
                "/v1/x/.%2E/customers/c-1/orders/o-2",
                "http://127.0.0.1:8080//v1/customers/c-1/orders/o-2",
                "/v1/customers/c-1/orders?x=/customers/c-1/orders/o-2"
            })
    void readsNothingFromAPathThatOnlyLooksLikeOurs(String target) {
        open(target);

        assertThat(exchange.getProperty(RestRequests.HTTP_ERROR)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%C3", "%FF", "%C0%AF", "%ED%A0%80"})
    void refusesEscapesThatStandForNoText(String segment) {
        open("/v1/customers/c-1/orders/" + segment);

        assertThat(exchange.getProperty(RestRequests.HTTP_ERROR)).isEqualTo(400);
    }

    @Test
    void opensALookupOfTheRestEndpoint() {
        open("/v1/customers/c-1/orders/o-2");

        assertThat(lookup().source()).isEqualTo(Source.REST);
        assertThat(lookup().arrived()).isEqualTo(NOW);
    }

    @Test
    void keepsTheCorrelationIdOfTheCaller() {
        exchange.getMessage().setHeader("MS-CorrelationId", GUID);

        open("/v1/customers/c-1/orders/o-2");

        assertThat(lookup().correlationId()).isEqualTo(GUID);
    }

    @Test
    void makesACorrelationIdWhenTheCallerGivesSeveral() {
        exchange.getMessage().setHeader("MS-CorrelationId", List.of(GUID, GUID));

        open("/v1/customers/c-1/orders/o-2");

        assertThat(lookup().correlationId()).isNotEqualTo(GUID);
    }

    @Test
    void refusesACallerWithoutAKeyBeforeThePathIsRead() {
        open(guarded, "/no/path/of/ours");

        assertThat(lookup().refusal().orElseThrow().type()).isEqualTo(ProblemType.UNAUTHORIZED);
        assertThat(exchange.getProperty(RestRequests.HTTP_ERROR)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-API-Key=key", "a=b&x-api-key=key", "X%2DAPI-Key=key", "X-API-Key"})
    void admitsNobodyForAKeyInTheQuery(String query) {
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
        exchange.getMessage().setHeader("X-API-Key", "key");

        open(guarded, "/v1/customers/c-1/orders/o-2");

        assertThat(lookup().refusal().orElseThrow().type()).isEqualTo(ProblemType.UNAUTHORIZED);
    }

    @Test
    void readsTheKeyOfTheHeaderBesideOneInTheQuery() {
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, "X-API-Key=evil");
        exchange.getMessage().setHeader("X-API-Key", List.of("key", "evil"));

        open(guarded, "/v1/customers/c-1/orders/o-2");

        assertThat(lookup().refusal()).isEmpty();
    }

    @Test
    void admitsACallerWithItsKey() {
        exchange.getMessage().setHeader("X-API-Key", "key");

        open(guarded, "/v1/customers/c-1/orders/o-2");

        assertThat(lookup().refusal()).isEmpty();
    }

    private void open(String target) {
        open(unguarded, target);
    }

    private void open(RestRequests requests, String target) {
        exchange.getMessage().setHeader(Exchange.HTTP_URI, target);
        requests.open(exchange);
    }

    private Lookup lookup() {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
