package io.github.orderlookup.system.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Sign-in that works and is good for nothing, and sign-in that hangs, at the packaged jar. */
class RefusedTokensIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REQUESTS = 100;

    @Test
    void keepsRequestsWhileEachTokenIsRefused() {
        RunningService.Builder options =
                RunningService.builder().setting("order-lookup.max-in-flight", "8");
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            asker.ask(Asker.request("order--before"));
            service.simulator().alwaysAnswerAll(Answers.apiFault(401, "400"));
            List<RecordMetadata> asked = new ArrayList<>();
            for (int n = 0; n < REQUESTS; n++) {
                asked.add(asker.send(Asker.request("order--" + n)));
            }

            await().atMost(LIMIT).until(() -> !rest.isReady());
            HttpResponse<String> atOnce = rest.lookUp("order--rest");
            assertThat(rest.readiness()).contains("refused the access token");
            assertThat(atOnce.statusCode()).isEqualTo(502);
            assertThat(atOnce.body()).contains(":authentication-failed");
            assertThat(service.simulator().loginLog().all()).hasSizeLessThan(10);

            service.simulator().answerNormally();
            asker.awaitAll(asked);
            assertThat(asked)
                    .filteredOn(record -> !asker.outcome(record).kind().equals("found"))
                    .as("those by which it was found out")
                    .hasSizeLessThan(10);
            await().atMost(LIMIT).until(rest::isReady);
        }
    }

    @Test
    void stopsWhileTheLoginHostHangs() {
        try (RunningService service = RunningService.builder().withoutKafka().start()) {
            service.simulator().alwaysAnswerLogin(Answers.hang());
            CompletableFuture<HttpResponse<String>> waiting =
                    new RestClient(service).lookUpAside("order--waits");
            await().atMost(LIMIT).until(() -> !service.simulator().loginLog().all().isEmpty());

            service.process().signalTermination();

            assertThat(waiting)
                    .succeedsWithin(LIMIT)
                    .satisfies(
                            answer -> {
                                assertThat(answer.statusCode()).isEqualTo(503);
                                assertThat(answer.body()).contains(":overloaded");
                            });
            assertThat(service.process().awaitExit(Duration.ofSeconds(30))).isEqualTo(143);
        }
    }
}
