package io.github.orderlookup.system.rest;

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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Callers of the REST endpoint who wait, who hang up, and who do not read: they cost nobody but
 * themselves.
 */
class RestCallersIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LARGE = 8 * 1024 * 1024;
    private static final Pattern WAITING =
            Pattern.compile("(?m)^order_lookup_calls_waiting\\S* (\\S+)$");

    private final String customer = UUID.randomUUID().toString();
    private final List<Socket> callers = new ArrayList<>();

    @AfterEach
    void hangUpAll() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }

    @Test
    void answersOthersAfterFortyCallersWhoHungUpInTheMiddleOfALargeOrder() throws Exception {
        try (RunningService service = start(largeOrders())) {
            for (int i = 0; i < 40; i++) {
                Socket caller = ask(service.rest(), "large-" + i);
                caller.getInputStream().readNBytes(1_000);
                caller.setSoLinger(true, 0);
                caller.close();
            }

            assertThatSmallOnesAreAnswered(service);
            assertThatItEndsInTime(service);
        }
    }

    @Test
    void answersOthersBesideCallersWhoDoNotRead() throws Exception {
        try (RunningService service = start(largeOrders())) {
            for (int i = 0; i < 12; i++) {
                ask(service.rest(), "large-" + i).getInputStream().readNBytes(1_000);
            }

            assertThatSmallOnesAreAnswered(service);
            assertThatItEndsInTime(service);
        }
    }

    @Test
    void makesNoCallForCallersWhoHungUpWhileTheyWaited() throws Exception {
        RunningService.Builder options =
                RunningService.builder()
                        .setting("partner-center.requests-per-minute", "60")
                        .setting("order-lookup.deadline", "10m");
        try (RunningService service = start(options)) {
            Simulator simulator = service.simulator();
            for (int i = 0; i < 200; i++) {
                ask(service.rest(), "order--gone-" + i);
            }
            await().atMost(LIMIT).until(() -> waiting(service) >= 150);
            int before = simulator.apiLog().size();

            hangUpAll();
            await().atMost(LIMIT).until(() -> waiting(service) == 0);
            RawAnswer answer = new RawHttp(service.rest()).get(Paths.order(customer, "order--new"));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(simulator.apiLog().size() - before).isLessThan(20);
            assertThat(service.process().stdout()).doesNotContain("through a defect");
        }
    }

    @Test
    void answersProbesAndRefusesMoreWhileAsManyAsMayWaitDoSo() throws Exception {
        RunningService.Builder options =
                RunningService.builder()
                        .setting("partner-center.requests-per-minute", "1")
                        .setting("order-lookup.deadline", "10m")
                        .setting("order-lookup.rest.max-waiting", "400");
        try (RunningService service = start(options)) {
            for (int i = 0; i < 450; i++) {
                ask(service.rest(), "order--waiting-" + i);
            }
            // The one call that the budget allows may have made room after the last has asked.
            await().atMost(LIMIT).until(() -> waiting(service) >= 398);
            for (int i = 0; i < 10; i++) {
                ask(service.rest(), "order--waiting-too-" + i);
            }
            RestClient probe = new RestClient(service);

            RawAnswer refused =
                    await().atMost(LIMIT)
                            .until(
                                    () ->
                                            new RawHttp(service.rest())
                                                    .get(Paths.order(customer, "order--more")),
                                    answer -> answer.status() == 503);

            RestAssertions.assertProblem(refused, 503, "overloaded", true, 0);
            assertThat(probe.isAlive()).isTrue();
            assertThat(probe.isReady()).isTrue();
            assertThat(new RawHttp(service.rest()).get("/nothing").status()).isEqualTo(404);
            assertThat(service.simulator().apiLog().forOrder("order--more")).isEmpty();
            assertThatItEndsInTime(service);
            assertThat(statusOfLast()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        }
    }

    private String statusOfLast() throws IOException {
        byte[] line = callers.get(callers.size() - 1).getInputStream().readNBytes(32);
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private void assertThatSmallOnesAreAnswered(RunningService service) {
        RawHttp http = new RawHttp(service.rest());
        for (int i = 0; i < 40; i++) {
            RawAnswer answer = http.get(Paths.order(customer, "order--small-" + i));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    private static void assertThatItEndsInTime(RunningService service) {
        service.process().signalTermination();

        assertThat(service.process().awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
    }

    /** Lookups that wait for a permit to call; none that is known of counts as less than none. */
    private static double waiting(RunningService service) {
        String metrics = RestClient.get(service.management().resolve("/observe/metrics")).body();
        Matcher value = WAITING.matcher(metrics);
        return value.find() ? Double.parseDouble(value.group(1)) : -1;
    }

    private static RunningService start(RunningService.Builder options) {
        RunningService service =
                options.withoutKafka()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .without("order-lookup.rest.api-keys")
                        .start();
        String document = "{\"id\":\"large-%d\",\"text\":\"" + "x".repeat(LARGE) + "\"}";
        for (int i = 0; i < 40; i++) {
            service.simulator()
                    .alwaysAnswer("large-" + i, Answers.text(200, document.formatted(i)));
        }
        return service;
    }

    private RunningService.Builder largeOrders() {
        return RunningService.builder().setting("order-lookup.collapse", "false");
    }

    /** Sends a request and leaves the answer alone. */
    private Socket ask(URI rest, String orderId) throws IOException {
        Socket caller = new Socket();
        caller.setReceiveBufferSize(16_384);
        caller.setSoTimeout(60_000);
        caller.connect(new InetSocketAddress(rest.getHost(), rest.getPort()));
        callers.add(caller);
        String request =
                "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
                        .formatted(Paths.order(customer, orderId), rest.getAuthority());
        caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return caller;
    }
}
