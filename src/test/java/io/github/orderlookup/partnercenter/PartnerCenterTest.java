package io.github.orderlookup.partnercenter;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.TestSettings;
import io.github.orderlookup.signin.TokenPendingException;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component {@code order-lookup-http} in a Camel context, as the route calls it. */
class PartnerCenterTest {

    private final CamelContext context = new DefaultCamelContext();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Simulator simulator;
    private PartnerCenter partnerCenter;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().http().anyOrder().start();
        partnerCenter =
                new PartnerCenter(
                        settings(),
                        new LookupSettings(
                                5, Duration.ofMinutes(2), 8, 16, true, Duration.ofHours(1)),
                        Meters.NONE,
                        Clock.systemUTC(),
                        Clock.systemUTC(),
                        new LookupThreads(executor, executor, executor),
                        timer,
                        new Supervisor(Clock.systemUTC(), thrown -> {}));
        partnerCenter.bind(context);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        partnerCenter.close();
        executor.shutdownNow();
        timer.shutdownNow();
        simulator.close();
    }

    @Test
    void sendsTheHeadersOfTheCallAndNoOthers() {
        call(
                "order",
                Map.of(
                        "Accept", "application/json",
                        "MS-RequestId", "request-id",
                        "MS-CorrelationId", "correlation-id",
                        "MS-Contract-Version", "v1",
                        "X-Locale", "en-US",
                        "Authorization", "Bearer evil",
                        "Cookie", "evil=1",
                        "X-Forwarded-For", "evil",
                        "User-Agent", "evil",
                        "kafka.OVERRIDE_TOPIC", "evil"));

        assertThat(
                        onlyRequest().headers().stream()
                                .map(header -> header.name().toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        "accept",
                        "ms-requestid",
                        "ms-correlationid",
                        "ms-contract-version",
                        "x-locale",
                        "authorization",
                        "accept-encoding",
                        "connection",
                        "host");
        assertThat(onlyRequest().headers().stream().map(Header::value))
                .noneMatch(value -> value.contains("evil"));
    }

    @Test
    void asksForTheOrderAlone() {
        call("order", Map.of());

        assertThat(onlyRequest().method()).isEqualTo("GET");
        assertThat(onlyRequest().uri()).isEqualTo("/v1/customers/" + CUSTOMER + "/orders/order");
    }

    @Test
    void makesOneCallOnceASlowSignInIsOver() {
        simulator.loginLatency(Duration.ofMillis(1500));

        Exchange exchange = exchange("order", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(onlyRequest().bearer()).isPresent();
    }

    @Test
    void keepsNoCookies() {
        call("order", Map.of());
        call("order", Map.of());

        assertThat(simulator.apiLog().all())
                .hasSize(2)
                .noneMatch(request -> request.header("Cookie").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-503", "throttled-1", "http-500", "http-401", "reset"})
    void repeatsNothingByItself(String orderId) {
        call(orderId, Map.of());

        assertThat(simulator.apiLog().all()).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        try (Simulator elsewhere = Simulator.builder().http().anyOrder().start()) {
            simulator.alwaysAnswerAll(Answers.redirect(elsewhere.apiUrl()));

            Message answer = call("order", Map.of());

            assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(302);
            assertThat(elsewhere.apiLog().all()).isEmpty();
        }
    }

    @Test
    void letsInTheHeadersThatAreReadAndNoOthers() {
        Message answer = call("throttled-1", Map.of());

        assertThat(answer.getHeaders()).containsEntry("Retry-After", "1");
        assertThat(call("order", Map.of()).getHeaders().keySet())
                .filteredOn(name -> !name.startsWith("Camel"))
                .isSubsetOf(
                        "Content-Type", "MS-RequestId", "MS-CorrelationId", "MS-CV", "MS-ServerId");
    }

    @Test
    void keepsTheTokenOutOfTheExchange() {
        Exchange exchange = exchange("order", Map.of());

        String token = onlyRequest().bearer().orElseThrow();
        assertThat(exchange.getMessage().getHeaders().toString()).doesNotContain(token);
        assertThat(exchange.getAllProperties().toString()).doesNotContain(token);
    }

    private Message call(String orderId, Map<String, Object> headers) {
        return exchange(orderId, headers).getMessage();
    }

    /**
     * One call as the route makes it: while the sign-in lasts there is none, and the route comes
     * back.
     */
    private Exchange exchange(String orderId, Map<String, Object> headers) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> send(orderId, headers),
                        exchange -> !(exchange.getException() instanceof TokenPendingException));
    }

    private Exchange send(String orderId, Map<String, Object> headers) {
        return context.createFluentProducerTemplate()
                .to(
                        "order-lookup-http:"
                                + simulator.apiUrl()
                                + "/v1?bridgeEndpoint=true&httpMethod=GET"
                                + "&throwExceptionOnFailure=false&disableStreamCache=true")
                .withProcessor(
                        exchange -> {
                            exchange.getMessage().setHeaders(new HashMap<>(headers));
                            exchange.getMessage()
                                    .setHeader(
                                            Exchange.HTTP_PATH,
                                            "customers/" + CUSTOMER + "/orders/" + orderId);
                        })
                .send();
    }

    private Received onlyRequest() {
        assertThat(simulator.apiLog().all()).hasSize(1);
        return simulator.apiLog().all().get(0);
    }

    private PartnerCenterSettings settings() {
        return TestSettings.partnerCenter(
                simulator.apiUrl(), simulator.loginUrl(), Duration.ofSeconds(30), 0);
    }
}
