package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.http.LogCapture;
import io.github.orderlookup.time.MonotonicClock;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP consumer of our own main, in front of routes that fail in every way, or wait. */
class RestConsumerTest {

    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicBoolean isGone = new AtomicBoolean();
    private final CountDownLatch isWaiting = new CountDownLatch(1);
    private volatile Runnable goOn = () -> {};
    private volatile boolean stopped;
    private DefaultCamelContext context;
    private int port;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        ResponseWriter writer =
                new ResponseWriter(1_000_000, MonotonicClock.startingAt(Clock.systemUTC()));
        context.getRegistry()
                .bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new RestEngine(writer));
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(0);
        context.addService(new VertxPlatformHttpServer(server));
        context.addRoutes(routes());
        // Camel goes on counting an exchange out of which an error came.
        context.getShutdownStrategy().setTimeout(1);
        context.start();
        port =
                context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                        .mapToInt(router -> router.getServer().getPort())
                        .findFirst()
                        .orElseThrow();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/fail/{how}").process(RestConsumerTest.this::fail);
                from("platform-http:/large").process(exchange -> answer(exchange, 3_000_000));
                from("platform-http:/wait").process(new Wait());
            }
        };
    }

    private void fail(Exchange exchange) throws Exception {
        noteEnd(exchange);
        switch (exchange.getMessage().getHeader("how", String.class)) {
            case "exception" -> throw new IOException("injected");
            case "rejection" -> throw new RejectedExecutionException("injected");
            case "error" -> throw new AssertionError("injected");
            case "no-body" -> exchange.getMessage().setBody(null);
            default -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, "none");
        }
    }

    private static void answer(Exchange exchange, int bytes) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain");
        exchange.getMessage().setBody("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    private void noteEnd(Exchange exchange) {
        exchange.getExchangeExtension()
                .addOnCompletion(
                        new SynchronizationAdapter() {
                            @Override
                            public void onDone(Exchange done) {
                                ended.incrementAndGet();
                            }
                        });
    }

    /** A step that goes on when the test says so. */
    private final class Wait extends AsyncProcessorSupport {

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            noteEnd(exchange);
            exchange.getProperty(Caller.PROPERTY, Caller.class).onGone(() -> isGone.set(true));
            goOn =
                    () -> {
                        if (stopped) {
                            exchange.setRouteStop(true);
                        } else {
                            answer(exchange, 10);
                        }
                        callback.done(false);
                    };
            isWaiting.countDown();
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "rejection", "error", "no-body", "status"})
    void answersEveryFailureWithAProblemAndEndsTheExchange(String how) throws Exception {
        HttpResponse<byte[]> answer = get("/fail/" + how);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("MS-CorrelationId")).isPresent();
        assertThat(new ObjectMapper().readTree(answer.body()).path("type").asText())
                .isEqualTo("urn:order-lookup:problem:internal-error");
        await().until(() -> ended.get() == 1);
    }

    @Test
    void writesALargeAnswerWhole() throws Exception {
        assertThat(get("/large").body()).hasSize(3_000_000);
    }

    @Test
    void makesKnownThatACallerHasHungUpAndEndsTheExchangeOnce() throws Exception {
        hangUpWhileTheRequestWaits();

        goOn.run();
        await().until(() -> ended.get() == 1);
        assertThat(get("/large").statusCode()).isEqualTo(200);
        assertThat(ended).hasValue(1);
    }

    @Test
    void endsWithoutAnAnswerOrALineInTheLogWhatStoppedWhenItsCallerHungUp() throws Exception {
        stopped = true;
        hangUpWhileTheRequestWaits();

        try (LogCapture log = new LogCapture()) {
            goOn.run();
            await().until(() -> ended.get() == 1);

            assertThat(log.lines()).noneMatch(line -> line.startsWith(HttpErrors.class.getName()));
        }
    }

    private void hangUpWhileTheRequestWaits() throws Exception {
        try (Socket caller = new Socket("127.0.0.1", port)) {
            caller.getOutputStream()
                    .write(
                            "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            isWaiting.await();
            caller.setSoLinger(true, 0);
        }
        await().untilTrue(isGone);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }
}
