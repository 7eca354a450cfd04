package io.github.orderlookup.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.simulator.http.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static final String CUSTOMER = "5b1de7f0-3a44-4b0e-8c7a-90d2f6a1c3e5";

    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().anyOrder().start();
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void playsTheQueueOfAnOrderThenAnswersNormally() throws Exception {
        simulator.answer("a", Answers.throttled(7), Answers.apiFault(500, "800003"));

        assertThat(get("b").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> throttled = get("a");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(throttled.headers().map()).doesNotContainKey("MS-RequestId");
        assertThat(Client.json(throttled).path("message").asText())
                .isEqualTo("Rate limit is exceeded. Try again in 7 seconds.");
        assertThat(Client.json(get("a")).path("code").asInt()).isEqualTo(800003);
        assertThat(get("a").statusCode()).isEqualTo(200);
    }

    @Test
    void repeatsAStandingAnswerUntilAllIsNormal() throws Exception {
        simulator.alwaysAnswerAll(Answers.html(502));

        assertThat(get("a").statusCode()).isEqualTo(502);
        assertThat(get("b").statusCode()).isEqualTo(502);
        simulator.answerNormally();
        assertThat(get("a").statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheEndOfThrottlingAsAnHttpDate() throws Exception {
        simulator.answerAll(Answers.throttled(Instant.parse("2026-03-01T12:00:00Z")));

        assertThat(get("a").headers().firstValue("Retry-After"))
                .hasValue("Sun, 1 Mar 2026 12:00:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "reset-mid-body", "truncated", "close"})
    void breaksTheConnection(String orderId) {
        assertThatThrownBy(() -> get(orderId))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "hang-mid-body"})
    void neverEndsAnAnswer(String orderId) {
        assertThatThrownBy(() -> client.order(CUSTOMER, orderId, Duration.ofMillis(700)))
                .isInstanceOf(HttpTimeoutException.class);
        Awaitility.await().untilAsserted(() -> assertThat(simulator.inFlight()).isZero());
        assertThat(simulator.peakInFlight()).isEqualTo(1);
    }

    @Test
    void sendsTheWholeOrderSlowly() throws Exception {
        long start = System.nanoTime();

        HttpResponse<byte[]> response = get("slow-1");

        assertThat(response.body().length).isGreaterThan(700);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(response.body().length));
    }

    @Test
    void compressesTheOrder() throws Exception {
        byte[] plain = get("gzip-not").body();
        simulator.answer("gzip-not", Answers.gzip());

        HttpResponse<byte[]> response = get("gzip-not");

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void sendsAnOrderOfManyMegabytes() throws Exception {
        HttpResponse<byte[]> response = get("big-3");

        assertThat(response.body().length).isGreaterThan(3 * 1024 * 1024);
        assertThat(Client.json(response).path("id").asText()).isEqualTo("big-3");
    }

    @Test
    void takesItsTime() throws Exception {
        simulator.latency(Duration.ofMillis(300));
        long start = System.nanoTime();

        get("a");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void stopsOneOriginAloneAndComesBackAtTheSamePort() throws Exception {
        simulator.stopApi();

        assertThatThrownBy(() -> get("a")).isInstanceOf(ConnectException.class);
        assertThat(client.token(java.util.Map.of()).statusCode()).isEqualTo(200);
        simulator.startApi();
        assertThat(get("a").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "http-503-once, 503, 200, 200",
        "throttled-once--17, 429, 200, 200",
        "empty-404-twice, 404, 404, 200",
        "http-403-20002--x, 403, 403, 403",
        "order--1, 200, 200, 200"
    })
    void knowsOrdersThatMisbehaveByName(String orderId, int first, int second, int third)
            throws Exception {
        assertThat(get(orderId).statusCode()).isEqualTo(first);
        assertThat(get(orderId).statusCode()).isEqualTo(second);
        assertThat(get(orderId).statusCode()).isEqualTo(third);
    }

    @Test
    void isDrivenOverHttp() throws Exception {
        assertThat(
                        client.post(
                                        "/simulator/answers",
                                        "{\"order\":\"a\",\"answers\":[\"http-500\",\"text-503\"]}")
                                .statusCode())
                .isEqualTo(204);

        assertThat(get("a").statusCode()).isEqualTo(500);
        assertThat(new String(get("a").body(), StandardCharsets.UTF_8))
                .isEqualTo("Something went wrong");
        assertThat(get("a").statusCode()).isEqualTo(200);
        assertThat(Client.json(client.get("/simulator/log"))).hasSize(3);
        assertThat(client.post("/simulator/answers", "{\"answers\":[\"nonsense\"]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void throttlesByTheWindow() throws Exception {
        simulator.window(2);

        assertThat(get("a").statusCode()).isEqualTo(200);
        assertThat(get("a").statusCode()).isEqualTo(200);
        assertThat(get("a").statusCode()).isEqualTo(429);
    }

    private HttpResponse<byte[]> get(String orderId) throws Exception {
        return client.order(CUSTOMER, orderId);
    }
}
