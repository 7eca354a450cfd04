package io.github.orderlookup.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.http.EndlessServer;
import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.http.ResponseTooLargeException;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.TestSettings;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.ScriptedAnswer;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.time.ManualTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP client as we configure it, against the simulator. */
@Timeout(30)
class PartnerCenterClientTest {

    private static final Duration HURRY = Duration.ofMillis(500);
    private static final Duration NO_HURRY = Duration.ofMinutes(1);
    private static final String ORDERS =
            "/v1/customers/4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04/orders/";

    private static Simulator simulator;
    private static ScheduledExecutorService timer;

    private final HttpTransport transport =
            new HttpTransport(
                    settings(simulator.apiUrl(), NO_HURRY),
                    WayOut.of(NetworkSettings.OF_THE_JVM),
                    5,
                    PartnerCenterRequest.ON_THE_WIRE);
    private final PoolingHttpClientConnectionManager pool = transport.connections();
    private final OneToken tokens = new OneToken(simulator.accessToken());

    @BeforeAll
    static void start() {
        simulator = Simulator.builder().http().anyOrder().start();
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stop() {
        timer.shutdownNow();
        simulator.close();
    }

    @AfterEach
    void tidyUp() {
        pool.close();
        simulator.answerNormally();
    }

    // The token -------------------------------------------------------------------------------

    @Test
    void putsTheTokenOn() throws Exception {
        simulator.apiLog().clear();

        get(client(NO_HURRY), "order");

        assertThat(simulator.apiLog().all().get(0).headers("Authorization"))
                .containsExactly("Bearer " + tokens.value);
    }

    @Test
    void putsTheTokenInThePlaceOfAnother() throws Exception {
        simulator.apiLog().clear();
        HttpGet request = request("order");
        request.addHeader("Authorization", "Bearer evil");
        request.addHeader("authorization", "Bearer evil");

        send(client(NO_HURRY), request);

        assertThat(simulator.apiLog().all().get(0).headers("Authorization"))
                .containsExactly("Bearer " + tokens.value);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            textBlock =
                    """
                    https://api.example,      https://api.example/v1
                    https://api.example,      https://API.Example/v1
                    https://api.example:443,  https://api.example:443/v1
                    http://localhost:8080,    http://localhost:8080/v1
                    http://[::1]:8080,        http://[::1]:8080/v1
                    """)
    void speaksToItsOrigin(String origin, String target) throws Exception {
        List<String> sent = new ArrayList<>();

        send(clientWithoutNetwork(origin, sent), new HttpGet(target));

        assertThat(sent).containsExactly("Bearer " + tokens.value);
    }

    @ParameterizedTest(name = "{0}, not {1}")
    @CsvSource(
            textBlock =
                    """
                    https://api.example,      http://api.example/v1
                    https://api.example,      https://api.example.evil/v1
                    https://api.example,      https://evil/v1
                    https://api.example,      https://api.example:8443/v1
                    https://api.example,      https://api.example@evil/v1
                    https://api.example,      https://evil/https://api.example/v1
                    http://localhost:8080,    http://127.0.0.1:8080/v1
                    http://localhost:8080,    http://localhost:8081/v1
                    """)
    void speaksToNoOtherOrigin(String origin, String target) {
        List<String> sent = new ArrayList<>();
        CloseableHttpClient client = clientWithoutNetwork(origin, sent);

        Throwable refusal = catchThrowable(() -> send(client, new HttpGet(target)));

        assertThat(refusal).isInstanceOf(Exception.class);
        assertThat(sent).isEmpty();
        assertThat(tokens.handedOut).isZero();
    }

    static Stream<ScriptedAnswer> refusalsOfThisToken() {
        return Stream.of(
                Answers.status(401),
                Answers.html(401),
                Answers.apiFault(401, "400"),
                Answers.apiFault(401, "400", "The token 900420 is refused."),
                Answers.secondGenerationFault(401, 900425, false));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfThisToken")
    void takesARefusedTokenOutOfUse(ScriptedAnswer refusal) throws Exception {
        simulator.alwaysAnswer("order", refusal);

        get(client(NO_HURRY), "order");

        assertThat(tokens.rejected).containsExactly(tokens.value);
    }

    static Stream<ScriptedAnswer> answersThatSayNothingAgainstThisToken() {
        return Stream.of(
                Answers.normal(),
                Answers.apiFault(401, "900420"),
                Answers.apiFault(401, "900421"),
                Answers.secondGenerationFault(401, 900421, false),
                Answers.apiFault(403, "20002"),
                Answers.status(407));
    }

    @ParameterizedTest
    @MethodSource("answersThatSayNothingAgainstThisToken")
    void keepsATokenOtherwise(ScriptedAnswer answer) throws Exception {
        simulator.alwaysAnswer("order", answer);

        get(client(NO_HURRY), "order");

        assertThat(tokens.rejected).isEmpty();
    }

    @Test
    void handsTheBodyOfARefusalOn() throws Exception {
        simulator.alwaysAnswer("order", Answers.apiFault(401, "400"));

        assertThat(get(client(NO_HURRY), "order")).contains("400");
    }

    // Whole answers ---------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"order", "gzip", "big-15", "delay-100", "empty-204", "http-503"})
    void givesTheConnectionBackAfterAnAnswer(String orderId) throws Exception {
        get(client(NO_HURRY), orderId);

        assertThat(pool.getTotalStats().getLeased()).isZero();
        // After an answer without a body nobody can tell whether more is to come.
        assertThat(pool.getTotalStats().getAvailable())
                .isEqualTo(orderId.equals("empty-204") ? 0 : 1);
    }

    @Test
    void decompresses() throws Exception {
        assertThat(get(client(NO_HURRY), "gzip")).contains("\"id\":\"gzip\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "close", "truncated", "reset-mid-body"})
    void failsAndGivesTheConnectionBackWhenTheNetworkFails(String orderId) {
        CloseableHttpClient client = client(NO_HURRY);

        Throwable failure = catchThrowable(() -> get(client, orderId));

        assertThat(failure)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InterruptedIOException.class);
        assertThat(pool.getTotalStats().getLeased()).isZero();
        assertThat(trace(failure)).doesNotContain(tokens.value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "hang-mid-body", "slow-50", "delay-60000"})
    void failsAndGivesTheConnectionBackWhenTheTimeRunsOut(String orderId) {
        CloseableHttpClient client = client(HURRY);

        Throwable failure = catchThrowable(() -> get(client, orderId));

        assertThat(failure).isInstanceOf(InterruptedIOException.class);
        assertThat(trace(failure)).doesNotContain(tokens.value);
        await("the alarm has hung up").until(() -> pool.getTotalStats().getLeased() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"big-17", "gzip-bomb-64"})
    void refusesABodyThatIsTooLarge(String orderId) {
        CloseableHttpClient client = client(NO_HURRY);

        Throwable failure = catchThrowable(() -> get(client, orderId));

        assertThat(failure).isInstanceOf(ResponseTooLargeException.class);
        assertThat(pool.getTotalStats().getLeased()).isZero();
    }

    @Test
    void doesNotReadABodyToItsEndThatHasNone() throws Exception {
        try (EndlessServer endless = new EndlessServer()) {
            CloseableHttpClient client = client(settings(endless.uri(), NO_HURRY));

            Throwable failure = catchThrowable(() -> send(client, new HttpGet(endless.uri())));

            assertThat(failure).isInstanceOf(ResponseTooLargeException.class);
            assertThat(pool.getTotalStats().getLeased()).isZero();
        }
    }

    @Test
    void failsOnABodyThatCannotBeDecompressed() {
        byte[] damaged = {0x1f, (byte) 0x8b, 'n', 'o', 'n', 'e', 0, 0, 0, 0, 0, 0};
        Header encoding = new Header("Content-Encoding", "gzip");
        simulator.alwaysAnswer("order", Answers.reply(new Reply(200, List.of(encoding), damaged)));
        CloseableHttpClient client = client(NO_HURRY);

        Throwable failure = catchThrowable(() -> get(client, "order"));

        assertThat(failure).isInstanceOf(ZipException.class);
        assertThat(pool.getTotalStats().getLeased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "truncated", "hang", "hang-mid-body", "big-17"})
    void asksAgainOverTheSamePoolAfterAFailure(String fault) throws Exception {
        pool.setDefaultMaxPerRoute(1);
        CloseableHttpClient hurried = client(HURRY);
        catchThrowable(() -> get(hurried, fault));

        assertThat(get(client(NO_HURRY), "order")).contains("\"id\":\"order\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "reset", "big-17"})
    void leavesNoAlarmBehind(String orderId) {
        ManualTime time = new ManualTime();
        CloseableHttpClient client = client(settings(simulator.apiUrl(), NO_HURRY), time.timer());

        catchThrowable(() -> get(client, orderId));

        assertThat(time.scheduled()).isZero();
    }

    // What leaves, and errors -----------------------------------------------------------------

    /** As a tracing agent does, whatever part of the client it is woven into. */
    @Test
    void letsNoHeaderOutThatSomebodyElseAdds() throws Exception {
        simulator.apiLog().clear();
        HttpClientBuilder builder = builder();
        new PartnerCenterClient(settings(simulator.apiUrl(), NO_HURRY), transport, tokens, timer)
                .configureHttpClient(builder);
        builder.addExecInterceptorLast(
                "agent",
                (request, scope, chain) -> {
                    request.addHeader("X-B3-TraceId", "463ac35c9f6413ad48485a3953bb6124");
                    request.addHeader("traceparent", "00-1-1-01");
                    return chain.proceed(request, scope);
                });
        builder.addRequestInterceptorLast(
                (request, entity, context) -> {
                    request.addHeader("uber-trace-id", "1:1:0:1");
                    request.addHeader("x-b3-sampled", "1");
                    request.addHeader("baggage", "secret=1");
                    request.addHeader("Upgrade", "h2c");
                });

        get(builder.build(), "order");

        assertThat(simulator.apiLog().all().get(0).headers())
                .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(
                        "host", "connection", "accept-encoding", "authorization");
        assertThat(simulator.apiLog().all().get(0).headers("Accept-Encoding"))
                .containsExactly("gzip");
    }

    /** The client itself would close all its connections for good. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnAfterAnError(boolean early) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        HttpClientBuilder builder = builder();
        ManualTime time = new ManualTime();
        new PartnerCenterClient(
                        settings(simulator.apiUrl(), NO_HURRY), transport, tokens, time.timer())
                .configureHttpClient(builder);
        if (early) {
            builder.addRequestInterceptorLast(
                    (request, entity, context) -> failOnce(broken, new StackOverflowError()));
        } else {
            builder.addResponseInterceptorLast(
                    (response, entity, context) -> failOnce(broken, new OutOfMemoryError()));
        }
        CloseableHttpClient client = builder.build();

        Throwable error = catchThrowable(() -> get(client, "order"));

        assertThat(error).isInstanceOf(VirtualMachineError.class);
        assertThat(pool.getTotalStats().getLeased()).isZero();
        assertThat(time.scheduled()).isZero();
        assertThat(get(client, "order")).contains("\"id\":\"order\"");
    }

    @Test
    void goesOnAfterATimerThatTakesNothing() throws Exception {
        ScheduledExecutorService stopped = Executors.newSingleThreadScheduledExecutor();
        stopped.shutdownNow();
        CloseableHttpClient client = client(settings(simulator.apiUrl(), NO_HURRY), stopped);

        Throwable refusal = catchThrowable(() -> get(client, "order"));

        assertThat(refusal).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.getTotalStats().getLeased()).isZero();
        assertThat(get(client(NO_HURRY), "order")).contains("\"id\":\"order\"");
    }

    private static void failOnce(AtomicBoolean broken, Error error) {
        if (broken.getAndSet(false)) {
            throw error;
        }
    }

    // Set-up ----------------------------------------------------------------------------------

    private CloseableHttpClient client(Duration responseTimeout) {
        return client(settings(simulator.apiUrl(), responseTimeout));
    }

    private CloseableHttpClient client(PartnerCenterSettings settings) {
        return client(settings, timer);
    }

    private CloseableHttpClient client(
            PartnerCenterSettings settings, ScheduledExecutorService timer) {
        HttpClientBuilder builder = builder();
        new PartnerCenterClient(settings, transport, tokens, timer).configureHttpClient(builder);
        return builder.build();
    }

    /** Answers 200 to whatever has passed, and notes the token. */
    private CloseableHttpClient clientWithoutNetwork(String origin, List<String> sent) {
        HttpClientBuilder builder = builder();
        new PartnerCenterClient(settings(URI.create(origin), NO_HURRY), transport, tokens, timer)
                .configureHttpClient(builder);
        builder.addExecInterceptorAfter(
                "order-lookup-buffered-response",
                "no-network",
                (request, scope, chain) -> {
                    sent.add(request.getHeader("Authorization").getValue());
                    return new BasicClassicHttpResponse(200);
                });
        return builder.build();
    }

    private HttpClientBuilder builder() {
        return HttpClientBuilder.create();
    }

    private static HttpGet request(String orderId) {
        return new HttpGet(simulator.apiUrl() + ORDERS + orderId);
    }

    private static String get(CloseableHttpClient client, String orderId) throws IOException {
        return send(client, request(orderId));
    }

    private static String send(CloseableHttpClient client, HttpGet request) throws IOException {
        return client.execute(
                request,
                response ->
                        response.getEntity() == null
                                ? ""
                                : EntityUtils.toString(
                                        response.getEntity(), StandardCharsets.UTF_8));
    }

    private static PartnerCenterSettings settings(URI apiUrl, Duration responseTimeout) {
        return TestSettings.partnerCenter(apiUrl, simulator.loginUrl(), responseTimeout, 0);
    }

    private static String trace(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    /** Hands the same token out for ever. */
    private static final class OneToken implements AccessTokens {

        private final String value;
        private final List<String> rejected = new ArrayList<>();
        private int handedOut;

        OneToken(String value) {
            this.value = value;
        }

        @Override
        public CompletableFuture<String> request() {
            handedOut++;
            return CompletableFuture.completedFuture(value);
        }

        @Override
        public void reject(String token) {
            rejected.add(token);
        }
    }
}
