package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** What one customer, one answer or one call does not do to the others. */
class IndependenceIT {

    private static final String CUSTOMER = UUID.randomUUID().toString();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Before, polling paused for everybody as soon as the paused ones filled max-pending. */
    @Test
    void oneCustomersPauseOfAnHourHoldsNobodyElseUp() {
        String paused = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .setting("order-lookup.max-pending", "100")
                                .setting("order-lookup.max-in-flight", "4")
                                .start();
                Asker asker = new Asker(service)) {
            List<RecordMetadata> ofPaused = new ArrayList<>();
            List<RecordMetadata> ofOther = new ArrayList<>();
            IntStream.range(0, 300)
                    .forEach(
                            n -> {
                                String id = "paused-" + n;
                                service.simulator().alwaysAnswer(id, Answers.throttled(3_600));
                                ofPaused.add(asker.send(request(paused, id)));
                                ofOther.add(asker.send(request(other, "order-" + n)));
                            });

            asker.awaitAll(ofOther);
            asker.awaitAll(ofPaused);

            assertThat(ofOther)
                    .allSatisfy(each -> assertThat(asker.outcome(each).kind()).isEqualTo("found"));
            assertThat(ofPaused)
                    .allSatisfy(
                            each -> assertThat(asker.outcome(each).kind()).isEqualTo("throttled"));
            asker.awaitCommitOfEverything();
        }
    }

    /** Before, on JDK 17, there was no thread for the refusal while the call hung. */
    @Test
    void aCallThatHangsKeepsNoRefusalBack() {
        try (RunningService service =
                RunningService.builder()
                        .withoutKafka()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .setting("order-lookup.max-in-flight", "1")
                        .setting("partner-center.response-timeout", "25s")
                        .start()) {
            RestClient client = new RestClient(service);
            service.simulator().answer("hanging", Answers.hang());
            CompletableFuture<HttpResponse<String>> hanging = client.lookUpAside("hanging");
            service.process().await("the call", () -> service.simulator().inFlight() == 1);

            HttpResponse<String> refused = client.lookUp("order--refused");

            assertThat(refused.body()).contains("problem:overloaded");
            assertThat(hanging).isNotDone();
        }
    }

    /** Before, the heap of 256 MiB was exhausted, and everything overloaded for ever. */
    @Test
    void manyLargeResponsesAtOnceLeaveMemoryForTheNext() {
        try (RunningService service =
                RunningService.builder()
                        .withoutKafka()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .start()) {
            RestClient client = new RestClient(service);
            service.simulator().alwaysAnswerAll(Answers.text(200, large()));
            List<CompletableFuture<Integer>> all =
                    IntStream.range(0, 8).mapToObj(n -> status(service, "large-" + n)).toList();

            List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();
            service.simulator().answerNormally();

            assertThat(statuses).allMatch(status -> status == 200 || status == 503).contains(200);
            assertThat(client.lookUp("order--after").statusCode()).isEqualTo(200);
            assertThat(client.isAlive()).isTrue();
        }
    }

    /** Before, no other call left while an answer held more than the share of the heap. */
    @Test
    void aLargeAnswerThatHangsHoldsNobodyElseUp() {
        try (RunningService service =
                RunningService.builder()
                        .withoutKafka()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .setting("partner-center.response-timeout", "2m")
                        .start()) {
            RestClient client = new RestClient(service);
            service.simulator().answer("hanging", Answers.hangMidBody(large()));
            CompletableFuture<Integer> hanging = status(service, "hanging");
            service.process().await("the call", () -> service.simulator().inFlight() == 1);

            for (int i = 0; i < 50; i++) {
                assertThat(client.lookUp("order--small-" + i).statusCode()).isEqualTo(200);
            }

            assertThat(hanging).isNotDone();
        }
    }

    private static CompletableFuture<Integer> status(RunningService service, String orderId) {
        URI uri = service.rest().resolve("/v1/customers/" + CUSTOMER + "/orders/" + orderId);
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("X-API-Key", RunningService.API_KEY).build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /** 15 MiB of many small objects, which take most as a tree. */
    private static String large() {
        return "{\"lineItems\":[],\"x\":[" + "{},".repeat(5_000_000) + "{}]}";
    }
}
