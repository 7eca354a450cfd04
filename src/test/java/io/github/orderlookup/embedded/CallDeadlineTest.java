package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lookup ends at its deadline, also while its call is under way; the one slot comes back. */
class CallDeadlineTest {
    private static final String KEY = "key-of-the-host";

    private EmbeddedHost host;
    private Simulator simulator;
    private int port;

    @BeforeEach
    void start() {
        start("2m");
    }

    private void start(String deadline) {
        port = FreePort.find();
        host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-in-flight", "1")
                        .setting("order-lookup.deadline", deadline)
                        .setting("camel.server.enabled", "true")
                        .setting("camel.server.host", "127.0.0.1")
                        .setting("camel.server.port", Integer.toString(port))
                        .setting("order-lookup.rest.enabled", "true")
                        .setting("order-lookup.rest.api-keys", KEY)
                        .start();
        simulator = host.simulator();
        host.outcome("order--warm");
    }

    @AfterEach
    void stop() {
        simulator.answerNormally();
        assertThat(host.outcome("order--after")).isInstanceOf(Order.class);
        await("every connection is back").until(() -> pool().getTotalStats().getLeased() == 0);
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "hang-mid-body", "slow-100"})
    void endsACallThatIsUnderWayAtTheDeadlineOfTheRequest(String orderId) {
        Problem problem = (Problem) host.outcome(withDeadline(orderId, 1));

        assertExceeded(problem, orderId);
    }

    @Test
    void endsACallThatIsUnderWayAtTheDeadlineOfEveryLookup() {
        host.close();
        start("2s");

        assertExceeded(host.problem("hang"), "hang");
    }

    @Test
    void endsACallThatIsUnderWayForACallerOverRest() throws Exception {
        host.close();
        start("2s");

        HttpResponse<String> answer = get("hang");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("urn:order-lookup:problem:deadline-exceeded");
        assertThat(answer.headers().firstValue("MS-RequestId"))
                .isEqualTo(onlyCall("hang").header("MS-RequestId"));
    }

    @Test
    void tellsOfTheAttemptThatHasFinished() {
        simulator.answer("order--twice", Answers.status(503), Answers.hang());

        Problem problem = (Problem) host.outcome(withDeadline("order--twice", 2));

        assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(problem.attempts()).isEqualTo(2);
    }

    /** Callers who are in a hurry must not make everyone believe in an outage. */
    @Test
    void takesCallsThatWereGivenLittleTimeForNoOutage() {
        simulator.alwaysAnswerAll(Answers.hang());
        for (int n = 0; n < 300 && simulator.apiLog().size() <= 20; n++) {
            Instant deadline = Instant.now().plusMillis(60);
            host.outcome(new OrderLookupRequest(CUSTOMER, "order--" + n, deadline));
        }

        assertThat(simulator.apiLog().size()).isGreaterThan(20);
        simulator.answerNormally();
        assertThat(host.outcome("order--well")).isInstanceOf(Order.class);
    }

    private void assertExceeded(Problem problem, String orderId) {
        assertThat(problem.type()).isEqualTo(ProblemType.DEADLINE_EXCEEDED);
        assertThat(problem.attempts()).isEqualTo(1);
        assertThat(onlyCall(orderId).header("MS-RequestId")).contains(problem.requestId());
    }

    private Received onlyCall(String orderId) {
        assertThat(calls(orderId)).hasSize(1);
        return calls(orderId).get(0);
    }

    private List<Received> calls(String orderId) {
        return simulator.apiLog().forOrder(orderId);
    }

    private static OrderLookupRequest withDeadline(String orderId, int seconds) {
        return new OrderLookupRequest(CUSTOMER, orderId, Instant.now().plusSeconds(seconds));
    }

    private HttpResponse<String> get(String orderId) throws Exception {
        String path = "/v1/customers/" + UUID.randomUUID() + "/orders/" + orderId;
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("X-API-Key", KEY)
                        .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private PoolingHttpClientConnectionManager pool() {
        HttpComponent component =
                host.context().getComponent("order-lookup-http", HttpComponent.class);
        return (PoolingHttpClientConnectionManager) component.getClientConnectionManager();
    }
}
