package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Outcomes that cannot be published for now. */
class KafkaStuckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void publishesOnceTheTopicsTakeIt() throws Exception {
        RunningService.Builder options =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        String results = options.topics().results();
        String errors = options.topics().errors();
        options.withoutTopic(results).topic(errors, 2, Map.of("max.message.bytes", "300"));
        try (RunningService service = options.start();
                Asker early = new Asker(service, List.of(errors))) {
            RestClient rest = new RestClient(service);
            List<RecordMetadata> found = new ArrayList<>();
            // One alone: what Kafka's producer has put into one batch it splits by its own batch
            // size,
            // for ever if that is above the limit of the topic.
            List<RecordMetadata> failed = List.of(early.send("no JSON"));
            for (int i = 0; i < 50; i++) {
                found.add(early.send(request("order--" + i)));
            }
            // The error topic refuses at once, the missing one when the client gives up on it.
            await().atMost(PATIENCE)
                    .until(() -> service.process().stdout().contains("TimeoutException"));
            await().atMost(PATIENCE).until(() -> !rest.isReady());
            found.add(early.send(request("order--not-yet")));
            assertThat(rest.lookUp("delay-1000--meanwhile").statusCode()).isEqualTo(200);
            assertThat(early.committed()).isEmpty();
            Instant mended = Instant.now();

            service.broker().createTopic(results, 2);
            raiseLimit(service, errors);

            try (Asker asker = new Asker(service, List.of(results, errors))) {
                asker.awaitAll(Stream.of(found, failed).flatMap(List::stream).toList());
                asker.awaitCommitOfEverything();
                assertThat(asker.all()).hasSize(52);
                assertThat(service.simulator().apiLog().forOrder("order--not-yet"))
                        .as("calls for what was asked while polling paused")
                        .allSatisfy(call -> assertThat(call.at()).isAfter(mended));
                assertThat(asker.all().values()).allSatisfy(all -> assertThat(all).hasSize(1));
                await().atMost(PATIENCE).until(rest::isReady);
                assertThat(asker.ask(request("order--after")).kind()).isEqualTo("found");
            }
        }
    }

    @Test
    void leavesWhatIsNotTakenToTheNextInstanceWhenItStops() throws Exception {
        RunningService.Builder options =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        String results = options.topics().results();
        String errors = options.topics().errors();
        options.withoutTopic(results);
        try (RunningService service = options.start();
                Asker early = new Asker(service, List.of(errors))) {
            List<RecordMetadata> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asked.add(early.send(request("order--" + i)));
            }
            await().atMost(PATIENCE)
                    .until(() -> service.process().stdout().contains("TimeoutException"));

            service.process().signalTermination();
            assertThat(service.process().awaitExit()).isEqualTo(143);

            assertThat(service.process().stdout())
                    .doesNotContain("Timeout occurred during graceful shutdown", "\"ERROR\"");
            assertThat(early.committed()).isEmpty();
            service.broker().createTopic(results, 2);
            service.restart();
            try (Asker asker = new Asker(service, List.of(results, errors))) {
                asker.awaitAll(asked);
                asker.awaitCommitOfEverything();
                assertThat(asker.all()).hasSize(asked.size());
            }
        }
    }

    private static void raiseLimit(RunningService service, String topic)
            throws ExecutionException, InterruptedException {
        var limit =
                new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET);
        service.broker()
                .admin()
                .incrementalAlterConfigs(
                        Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                List.of(limit)))
                .all()
                .get();
    }
}
