package io.github.orderlookup.system.partnercenter;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partner Center or its login host is down for a while, and nothing becomes an error by it. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REQUESTS = 30;

    private static RunningService service;
    private static Simulator simulator;
    private static RestClient rest;
    private static Asker asker;

    /** How Partner Center is down, and how it comes back. */
    enum Fault {
        /** So few lookups that some have one attempt left before it is clear what it is. */
        STOPPED(6, Simulator::stopApi, Simulator::startApi),
        REFUSING(30, down -> down.alwaysAnswerAll(Answers.status(503)), Simulator::answerNormally),
        HANGING(30, down -> down.alwaysAnswerAll(Answers.hang()), Simulator::answerNormally);

        private final int lookups;
        private final Consumer<Simulator> begin;
        private final Consumer<Simulator> end;

        Fault(int lookups, Consumer<Simulator> begin, Consumer<Simulator> end) {
            this.lookups = lookups;
            this.begin = begin;
            this.end = end;
        }
    }

    @BeforeAll
    static void start() {
        service =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi())
                        .setting("partner-center.response-timeout", "1s")
                        .start();
        simulator = service.simulator();
        rest = new RestClient(service);
        asker = new Asker(service);
    }

    @AfterAll
    static void stop() {
        asker.close();
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersEverythingAskedBeforeAndDuringAnOutage(Fault fault) {
        List<RecordMetadata> asked = new ArrayList<>(ask(fault + "-well", REQUESTS));
        asker.awaitAll(asked);

        fault.begin.accept(simulator);
        asked.addAll(ask(fault + "-before", fault.lookups));
        awaitReadiness("Partner Center is down");
        asked.addAll(ask(fault + "-during", fault.lookups));
        assertThat(rest.isAlive()).isTrue();
        assertRefused(rest.lookUp("order--refused"), 503, "upstream-unavailable", "is down");
        fault.end.accept(simulator);

        assertAllFound(asked);
        await().atMost(PATIENCE).until(rest::isReady);
        assertThat(rest.lookUp("order--after").statusCode()).isEqualTo(200);
    }

    @Test
    void waitsForALoginHostThatIsDown() {
        simulator.stopLogin();
        simulator.revokeAccessTokens();
        List<RecordMetadata> asked = new ArrayList<>(ask("login-before", REQUESTS));
        awaitReadiness("The login host");
        asked.addAll(ask("login-during", REQUESTS));
        int calls = simulator.apiLog().size();
        assertThat(rest.isAlive()).isTrue();
        assertRefused(
                rest.lookUp("order--refused"), 503, "upstream-unavailable", "could not be reached");
        assertThat(simulator.apiLog().size()).isEqualTo(calls);
        simulator.startLogin();

        assertAllFound(asked);
        await().atMost(PATIENCE).until(rest::isReady);
    }

    @Test
    void waitsForACredentialThatIsRefused() {
        int tokenRequests = simulator.loginLog().size();
        simulator.alwaysAnswerLogin(Answers.aadsts(7000222));
        simulator.revokeAccessTokens();
        List<RecordMetadata> asked = new ArrayList<>(ask("secret-before", REQUESTS));
        awaitReadiness("AADSTS7000222");
        asked.addAll(ask("secret-during", REQUESTS));
        assertThat(rest.isAlive()).isTrue();
        assertRefused(
                rest.lookUp("order--refused"),
                502,
                "authentication-failed",
                "partner-center.client-secret");
        assertThat(simulator.loginLog().size()).isBetween(tokenRequests + 1, tokenRequests + 2);
        simulator.answerNormally();

        assertAllFound(asked);
        await().atMost(PATIENCE).until(rest::isReady);
    }

    @Test
    void doesNotTakeAnOrderThatAlwaysFailsForAnOutage() {
        simulator.alwaysAnswer("order--poison", Answers.status(500));
        List<RecordMetadata> poison =
                IntStream.range(0, 2 * REQUESTS)
                        .mapToObj(n -> asker.send(request("order--poison")))
                        .toList();

        asker.awaitAll(poison);

        assertThat(poison)
                .extracting(request -> asker.outcome(request).kind())
                .containsOnly("upstream-unavailable");
        assertThat(rest.isReady()).isTrue();
        assertThat(rest.lookUp("order--beside-poison").statusCode()).isEqualTo(200);
    }

    private static List<RecordMetadata> ask(String name, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(n -> asker.send(request("order--" + name + "-" + n)))
                .toList();
    }

    private static void awaitReadiness(String... words) {
        await().atMost(PATIENCE).until(() -> contains(rest.readiness(), words) && !rest.isReady());
    }

    private static boolean contains(String text, String... words) {
        return Arrays.stream(words).allMatch(text::contains);
    }

    private static void assertRefused(
            HttpResponse<String> answer, int status, String type, String words) {
        JsonNode problem = Outcome.json(answer.body().getBytes());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem.path("type").asText()).endsWith(":" + type);
        assertThat(problem.path("detail").asText()).contains(words);
        assertThat(problem.path("attempts").intValue()).isZero();
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    private static void assertAllFound(List<RecordMetadata> asked) {
        asker.awaitAll(asked);
        assertThat(asked)
                .allSatisfy(
                        request -> assertThat(asker.outcome(request).kind()).isEqualTo("found"));
    }
}
