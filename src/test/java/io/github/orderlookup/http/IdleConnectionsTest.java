package io.github.orderlookup.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.http.KeepAliveServer.Death;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.partnercenter.PartnerCenterClient;
import io.github.orderlookup.partnercenter.PartnerCenterRequest;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.TestSettings;
import io.github.orderlookup.signin.AccessTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that died while nobody used them. */
@Timeout(60)
class IdleConnectionsTest {

    private static final int CONNECTIONS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger repeated = new AtomicInteger();
    private KeepAliveServer server;
    private PoolingHttpClientConnectionManager pool;
    private CloseableHttpClient client;

    @BeforeEach
    void start() throws Exception {
        server = new KeepAliveServer();
        PartnerCenterSettings settings = settings();
        HttpTransport transport =
                new HttpTransport(
                        settings,
                        WayOut.of(settings.network()),
                        CONNECTIONS,
                        PartnerCenterRequest.ON_THE_WIRE);
        pool = transport.connections();
        HttpClientBuilder builder = HttpClientBuilder.create();
        new PartnerCenterClient(
                        settings,
                        transport,
                        new SameToken(),
                        CallsUnderWay.none(),
                        timer,
                        Meters.NONE,
                        repeated::incrementAndGet)
                .configureHttpClient(builder);
        client = builder.build();
        fillThePool();
        awaitIdle();
    }

    @AfterEach
    void stop() throws IOException {
        pool.close();
        server.close();
        timer.shutdownNow();
    }

    @Test
    void oneCallPaysForConnectionsThatWereDroppedWithoutAWord() throws Exception {
        server.kill(Death.SILENT);

        Throwable first = catchThrowable(() -> get("first"));
        for (int n = 0; n < 20; n++) {
            get("later-" + n);
        }

        assertThat(first).isInstanceOf(DeadConnectionException.class);
        assertThat(server.lost()).containsExactly("first");
        assertThat(repeated).as("nobody knows whether it arrived").hasValue(0);
    }

    @Test
    void aConnectionThatClosesUnusedIsNoAttempt() throws Exception {
        server.kill(Death.CLOSED);

        for (int n = 0; n < 20; n++) {
            get("call-" + n);
        }

        assertThat(server.lost()).as("the others were retired").containsExactly("call-0");
        assertThat(server.answered()).contains("call-0", "call-19");
        assertThat(repeated).hasValue(1);
    }

    private void fillThePool() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<String>> calls = new ArrayList<>();
        while (pool.getTotalStats().getAvailable() < CONNECTIONS) {
            for (int n = 0; n < CONNECTIONS; n++) {
                calls.add(callers.submit(() -> get("warm")));
            }
            for (Future<String> call : calls) {
                call.get();
            }
        }
        callers.shutdown();
    }

    /** Long enough for something in between to have dropped the connections. */
    private static void awaitIdle() {
        long begin = System.nanoTime();
        await().until(
                        () ->
                                Duration.ofNanos(System.nanoTime() - begin)
                                                .compareTo(Duration.ofMillis(1100))
                                        > 0);
    }

    private String get(String requestId) throws IOException {
        HttpGet request = new HttpGet(server.uri() + "/v1/customers/c/orders/order");
        request.setHeader("MS-RequestId", requestId);
        return client.execute(request, response -> EntityUtils.toString(response.getEntity()));
    }

    private PartnerCenterSettings settings() {
        return TestSettings.partnerCenter(server.uri(), server.uri(), Duration.ofSeconds(1), 0);
    }

    private static final class SameToken implements AccessTokens {
        @Override
        public CompletableFuture<String> request() {
            return CompletableFuture.completedFuture("token");
        }

        @Override
        public void reject(String token) {
            throw new AssertionError("Nothing refuses a token here");
        }
    }
}
