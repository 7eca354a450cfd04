package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of the REST endpoint who hang up and who wait, beside requests over Kafka. */
class CallerChaos {
    private static final int PER_SECOND = 50;
    private static final int WARM = 3 * PER_SECOND;
    private static final int HANG_UPS = 40;
    private static final int WAITING = 400;
    private static final int BESIDE = 10;
    private static final int LARGE = 8 * 1024 * 1024;
    private static final int A_LITTLE = 1_000;
    private static final int SMALL_BUFFER = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration PROBE_BOUND = Duration.ofSeconds(5);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(3);
    private static final Pattern CALLS_WAITING =
            Pattern.compile("(?m)^order_lookup_calls_waiting\\S* (\\S+)$");

    private final List<Socket> callers = new ArrayList<>();

    @AfterEach
    void hangUpAll() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }

    @Test
    void fortyHangUpInTheMiddleOfALargeOrder() throws IOException {
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .setting("order-lookup.collapse", "false")
                                .start();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(WARM);
            String document = "{\"id\":\"large-%d\",\"text\":\"" + "x".repeat(LARGE) + "\"}";

            Instant asked = Instant.now();
            for (int i = 0; i < HANG_UPS; i++) {
                service.simulator()
                        .alwaysAnswer("large-" + i, Answers.text(200, document.formatted(i)));
                Socket caller = ask(service.rest(), "large-" + i);
                assertThat(caller.getInputStream().readNBytes(A_LITTLE)).hasSize(A_LITTLE);
                caller.setSoLinger(true, 0);
                caller.close();
            }
            RestClient rest = new RestClient(service);
            for (int i = 0; i < HANG_UPS; i++) {
                assertThat(rest.lookUp("order--small-" + i).statusCode()).isEqualTo(200);
            }
            load.awaitOutcomes(load.answered() + WARM);
            Duration silence = load.longestSilence(asked, Instant.now());
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "15-1-hang-ups",
                    "Forty REST callers read a little of an Order of 8 MiB and reset the"
                            + " connection: afterwards lookups over REST and Kafka are found.",
                    "CallerChaos.fortyHangUpInTheMiddleOfALargeOrder",
                    load,
                    HANG_UPS + " of " + HANG_UPS + " lookups over REST found afterwards",
                    Finding.others(silence));
        }
    }

    @Test
    void fourHundredWait() throws IOException {
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .setting("partner-center.requests-per-minute", "60")
                                .setting("order-lookup.max-in-flight", "64")
                                .setting("order-lookup.deadline", "10m")
                                .start();
                Load load = new Load(service)) {
            load.ask(Load.request(CUSTOMER, "order--first"));
            load.awaitOutcomes(1);
            Instant asked = Instant.now();
            for (int i = 0; i < WAITING; i++) {
                ask(service.rest(), "order--waiting-" + i);
            }
            await().atMost(PATIENCE).until(() -> waiting(service) >= WAITING * 3 / 4);

            Duration slowest = probeAndAsk(service, load);
            long most = (long) waiting(service);
            load.awaitOutcomes();
            Duration silence = load.longestSilence(asked, Instant.now());
            hangUpAll();
            await().atMost(PATIENCE).until(() -> waiting(service) == 0);
            Instant calm = Instant.now();
            assertThat(new RestClient(service).lookUp("order--after").statusCode()).isEqualTo(200);
            Duration next = Duration.between(calm, Instant.now());

            assertNothingLost(load);
            assertThat(slowest).isLessThan(PROBE_BOUND);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "15-2-waiting",
                    "400 REST callers wait for a budget of 60 calls a minute, `max-in-flight` 64:"
                            + " probes are answered, requests over Kafka have their share, and the"
                            + " next caller is found once they hang up.",
                    "CallerChaos.fourHundredWait",
                    load,
                    most + " lookups still waiting after the probes",
                    "slowest probe " + slowest.toMillis() + " ms",
                    "next caller answered after " + Finding.seconds(next),
                    Finding.others(silence));
        }
    }

    /** Probes liveness and readiness while some ask over Kafka; says how long the slowest took. */
    private static Duration probeAndAsk(RunningService service, Load load) {
        RestClient rest = new RestClient(service);
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < BESIDE; i++) {
            load.ask(Load.request(CUSTOMER, "order--beside-" + i));
            Instant next = Instant.now().plus(BETWEEN_REQUESTS);
            while (Instant.now().isBefore(next)) {
                slowest = longer(slowest, timeOf(rest::isAlive));
                slowest = longer(slowest, timeOf(rest::isReady));
                LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
            }
        }
        return slowest;
    }

    private static Duration timeOf(BooleanSupplier probe) {
        Instant start = Instant.now();
        assertThat(probe.getAsBoolean()).isTrue();
        return Duration.between(start, Instant.now());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void assertNothingLost(Load load) {
        assertThat(load.lost()).isZero();
        assertThat(load.failed()).isZero();
        assertThat(load.repeated()).isZero();
    }

    /** Lookups that wait for a permit to call. */
    private static double waiting(RunningService service) {
        String metrics = RestClient.get(service.management().resolve("/observe/metrics")).body();
        Matcher value = CALLS_WAITING.matcher(metrics);
        assertThat(value.find()).isTrue();
        return Double.parseDouble(value.group(1));
    }

    /** Sends a request and leaves the answer alone. */
    private Socket ask(URI rest, String orderId) throws IOException {
        Socket caller = new Socket();
        callers.add(caller);
        caller.setReceiveBufferSize(SMALL_BUFFER);
        caller.setSoTimeout((int) PATIENCE.toMillis());
        caller.connect(new InetSocketAddress(rest.getHost(), rest.getPort()));
        String request =
                "GET /v1/customers/%s/orders/%s HTTP/1.1\r\nHost: %s\r\nX-API-Key: %s\r\n\r\n"
                        .formatted(CUSTOMER, orderId, rest.getAuthority(), RunningService.API_KEY);
        caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return caller;
    }
}
