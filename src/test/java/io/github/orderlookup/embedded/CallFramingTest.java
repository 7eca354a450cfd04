package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import java.io.IOException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not what their own head says of them, and connections that come back. */
class CallFramingTest {
    private static final String BODY = "{\"id\":\"asked\"}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

    private static RawServer server;
    private static EmbeddedHost host;

    @BeforeAll
    static void start() throws IOException {
        server = new RawServer();
        server.answer("ordinary", announcing("17") + "{\"id\":\"ordinary\"}", false);
        host =
                EmbeddedHost.builder()
                        .setting("partner-center.api-url", server.uri().toString())
                        .setting("partner-center.response-timeout", "500ms")
                        .setting("order-lookup.max-in-flight", "2")
                        .setting("order-lookup.max-attempts", "1")
                        .start();
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        server.close();
    }

    /** Whatever came before, the next lookup gets its own Order and no connection is out. */
    @AfterEach
    void goesOn() {
        assertThat(outcome("ordinary")).isInstanceOf(Order.class);
        await("every connection is back").until(() -> pool().getTotalStats().getLeased() == 0);
    }

    @Test
    void isTheOrderInChunksWithTrailers() {
        server.answer(
                "asked",
                CHUNKED
                        + "Trailer: MS-RequestId\r\n\r\n5\r\n{\"id\"\r\n9;x=y\r\n:\"asked\"}\r\n"
                        + "0\r\nMS-RequestId: planted\r\nX-Other: trailer\r\n\r\n",
                false);

        assertThat(outcome("asked")).isInstanceOf(Order.class);
        assertThat(outcome("ordinary")).isInstanceOf(Order.class);
    }

    /** What is left over spoils no other call: the connection is not used again. */
    @Test
    void isAnOrderOnlyAsFarAsItsLengthSays() {
        server.answer("asked", announcing("5") + BODY, false);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n" + BODY,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\n\r\n",
                CHUNKED + "\r\ne\r\n" + BODY + "\r\n0\r\n\r\n"
            })
    void isFollowedByNoAnswerThatNobodyHasAskedFor(String answer) {
        server.answer("asked", answer + announcing("16") + "{\"id\":\"planted\"}", false);

        outcome("asked");

        assertThat(((Order) outcome("ordinary")).id()).contains("ordinary");
    }

    @Test
    void isNoOrderWhenItHangsUpBeforeItsLength() {
        server.answer("asked", announcing("15") + BODY, true);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
    }

    @Test
    void isNoOrderWhenTheRestOfItsLengthNeverComes() {
        server.answer("asked", announcing("15") + BODY, false);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "fourteen", "99999999999999999999", "14, 15"})
    void isANetworkFailureWhenItsLengthIsNone(String length) {
        server.answer("asked", announcing(length) + BODY, true);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n{\"id\":\"asked\"}\r\n0\r\n\r\n",
                "-e\r\n{\"id\":\"asked\"}\r\n0\r\n\r\n",
                "ffffffffffffffffff\r\n{\"id\":\"asked\"}\r\n0\r\n\r\n",
                "e\r\n{\"id\":\"asked\"}",
                "e\r\n{\"id\":\"asked\"}\r\n",
                "5\r\n{\"id\":\"asked\"}\r\n0\r\n\r\n",
                ""
            })
    void isANetworkFailureWhenItsChunksAreNone(String chunks) {
        server.answer("asked", CHUNKED + "\r\n" + chunks, true);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "SSH-2.0-OpenSSH_9.2\r\n", "{\"id\":\"asked\"}"})
    void isANetworkFailureWhenItIsNoHttp(String answer) {
        server.answer("asked", answer, true);

        assertThat(problem("asked").type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
    }

    @Test
    void endsAHeadThatDoesNotEnd() {
        server.answer(
                "asked", "HTTP/1.1 200 OK\r\n" + "X-More: of the same\r\n".repeat(1000), false);

        assertThat(problem("asked").type())
                .isIn(ProblemType.UPSTREAM_TIMEOUT, ProblemType.UPSTREAM_UNAVAILABLE);
    }

    private static Object outcome(String orderId) {
        return host.outcome(new OrderLookupRequest(CUSTOMER, orderId));
    }

    private static Problem problem(String orderId) {
        Object outcome = outcome(orderId);
        assertThat(outcome).isInstanceOf(Problem.class);
        return (Problem) outcome;
    }

    private static String announcing(String length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    private static PoolingHttpClientConnectionManager pool() {
        HttpComponent component =
                host.context().getComponent("order-lookup-http", HttpComponent.class);
        return (PoolingHttpClientConnectionManager) component.getClientConnectionManager();
    }
}
