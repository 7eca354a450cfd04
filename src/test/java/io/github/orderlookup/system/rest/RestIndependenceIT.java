package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** REST lookups while Kafka holds as much as it may. */
class RestIndependenceIT {

    private static final int LARGE = 2 * 1024 * 1024;
    private static final int REQUESTS = 20;

    /** Answers that took more than the memory for them when it was one for REST and Kafka. */
    private static final int MORE_THAN_FIT = 3;

    @Test
    void answersWhileLargeOrdersWaitForAResultsTopicThatIsMissing() {
        RunningService.Builder options =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .setting("order-lookup.collapse", "false");
        options.withoutTopic(options.topics().results());
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            String text = "x".repeat(LARGE);
            for (int i = 0; i < REQUESTS; i++) {
                String id = "large-" + i;
                String order = "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, text);
                service.simulator().alwaysAnswer(id, Answers.text(200, order));
                asker.send(Asker.request(id));
            }
            RestClient rest = new RestClient(service);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> service.simulator().apiLog().size() >= MORE_THAN_FIT);

            for (int i = 0; i < REQUESTS; i++) {
                HttpResponse<String> answer = rest.lookUp("order--small-" + i);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }
    }
}
