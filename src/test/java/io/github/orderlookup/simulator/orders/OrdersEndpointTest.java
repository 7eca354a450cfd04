package io.github.orderlookup.simulator.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Client;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrdersEndpointTest {

    private static final String CUSTOMER = "5b1de7f0-3a44-4b0e-8c7a-90d2f6a1c3e5";
    private static final String ORDER = "Zq7_k-T4mPwX9bRs2LcVd8NfHgJ3yEaU1";
    private static final String GUID_ORDER = "c0a8f3d1-7e52-4b96-a1d4-8f6b2e9c7035";

    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() {
        simulator = Simulator.start();
        client = new Client(simulator);
        simulator.addOrder(
                """
                { "id": "%s", "referenceCustomerId": "%s",
                  "totalPrice": 12.50, "lineItems": [ { "friendlyName": "a \\" b", "pricing": {} } ] }
                """
                        .formatted(ORDER, CUSTOMER));
        simulator.addOrder(
                """
                {"id": "%s", "referenceCustomerId": "%s"}"""
                        .formatted(GUID_ORDER, CUSTOMER));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void sendsTheOrderMinifiedAfterAByteOrderMark() throws Exception {
        HttpResponse<byte[]> response = client.order(CUSTOMER, ORDER);

        String expected =
                "{\"id\":\"%s\",\"referenceCustomerId\":\"%s\",\"lineItems\":[{\"friendlyName\":\"a \\\" b\"}]}"
                        .formatted(ORDER, CUSTOMER);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Arrays.copyOf(response.body(), 3)).asHexString().isEqualTo("EFBBBF");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFF" + expected);
        assertThat(response.headers().firstValueAsLong("Content-Length"))
                .hasValue(expected.length() + 3L);
    }

    @Test
    void echoesTheIdsOfTheRequest() throws Exception {
        HttpResponse<byte[]> response =
                client.get(
                        "/v1/customers/" + CUSTOMER + "/orders/" + ORDER,
                        "Authorization",
                        "Bearer " + simulator.accessToken(),
                        "MS-RequestId",
                        "r1",
                        "MS-CorrelationId",
                        "c1");

        assertThat(response.headers().map())
                .containsEntry("MS-RequestId", java.util.List.of("r1"))
                .containsEntry("MS-CorrelationId", java.util.List.of("c1"))
                .containsKeys("MS-CV", "MS-ServerId", "Request-Context", "Set-Cookie");
    }

    @Test
    void sendsPricesOnlyWhenAskedTo() throws Exception {
        HttpResponse<byte[]> response =
                client.get(
                        "/v1/customers/" + CUSTOMER + "/orders/" + ORDER + "?include_price=true",
                        "Authorization",
                        "Bearer " + simulator.accessToken());

        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("\"totalPrice\":12.50");
    }

    @Test
    void looksGuidsUpWithoutCaseAndOtherIdsExactly() throws Exception {
        assertThat(client.order(CUSTOMER.toUpperCase(), GUID_ORDER.toUpperCase()).statusCode())
                .isEqualTo(200);
        assertThat(client.order(CUSTOMER, ORDER.toLowerCase()).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsAnUnknownCustomerFromAnUnknownOrder() throws Exception {
        HttpResponse<byte[]> noOrder = client.order(CUSTOMER, "none");
        HttpResponse<byte[]> noCustomer =
                client.order("00000000-0000-0000-0000-000000000001", ORDER);

        assertThat(noOrder.statusCode()).isEqualTo(404);
        assertThat(Client.json(noOrder).path("code").asInt()).isEqualTo(20000);
        assertThat(noCustomer.statusCode()).isEqualTo(404);
        assertThat(Client.json(noCustomer).path("code").asInt()).isEqualTo(60003);
    }

    @Test
    void refusesAnUnknownToken() throws Exception {
        HttpResponse<byte[]> response =
                client.get(
                        "/v1/customers/" + CUSTOMER + "/orders/" + ORDER,
                        "Authorization",
                        "Bearer stranger");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(Client.json(response).path("code").asInt()).isEqualTo(400);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void takesTheTokenOfTheTokenEndpointUntilItIsRevoked() throws Exception {
        String token = Client.json(client.token(Map.of())).path("access_token").asText();
        String path = "/v1/customers/" + CUSTOMER + "/orders/" + ORDER;

        assertThat(client.get(path, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        simulator.revokeAccessTokens();
        assertThat(client.get(path, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void logsWhatArrivesAsItWasOnTheWire() throws Exception {
        client.get("/v1/customers/a%2Fb/orders/x%20y?include_price=True&z=%41", "X-Test", "1");

        Received received = simulator.apiLog().all().get(0);
        assertThat(received.uri())
                .isEqualTo("/v1/customers/a%2Fb/orders/x%20y?include_price=True&z=%41");
        assertThat(received.query()).containsEntry("z", "A");
        assertThat(received.header("x-test")).hasValue("1");
    }
}
