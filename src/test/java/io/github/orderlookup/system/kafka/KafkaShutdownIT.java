package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.simulator.SampleOrders.OTHER_CUSTOMER;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** SIGTERM while lookups wait, are under way and are answered, each in partitions of its own. */
class KafkaShutdownIT {
    private static final int WAITING = 0;
    private static final int UNDER_WAY = 1;
    private static final int ANSWERED = 2;

    @Test
    void finishesWhatIsUnderWayAndLeavesTheRestToTheNext() {
        RunningService.Builder options =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        options.topic(options.topics().requests(), 3, Map.of());
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            CompletableFuture<Void> release = new CompletableFuture<>();
            service.simulator().answer("order--held", Answers.after(release));
            RecordMetadata first = asker.sendTo(WAITING, request("order--first"));
            RecordMetadata waiting =
                    asker.sendTo(WAITING, request(OTHER_CUSTOMER, "throttled-60-once"));
            RecordMetadata held = asker.sendTo(UNDER_WAY, request("order--held"));
            List<RecordMetadata> answered = new ArrayList<>(List.of(first));
            for (int i = 0; i < 5; i++) {
                answered.add(asker.sendTo(WAITING, request("order--behind-the-waiting-" + i)));
                answered.add(asker.sendTo(UNDER_WAY, request("order--behind-the-held-" + i)));
                answered.add(asker.sendTo(ANSWERED, request("order--on-its-own-" + i)));
            }
            asker.awaitAll(answered);
            service.process()
                    .await(
                            "meet the throttling",
                            () ->
                                    !service.simulator()
                                            .apiLog()
                                            .forOrder("throttled-60-once")
                                            .isEmpty());

            service.process().signalTermination();
            service.process().awaitStdout("is shutting down");
            release.complete(null);
            assertThat(service.process().awaitExit()).isEqualTo(143);
            assertThat(service.process().stdout()).doesNotContain("\"WARN\"", "\"ERROR\"");

            assertThat(asker.outcome(held).kind()).isEqualTo("found");
            assertThat(asker.all()).hasSize(answered.size() + 1);
            assertThat(asker.committed())
                    .isEqualTo(
                            Map.of(
                                    WAITING, waiting.offset(),
                                    UNDER_WAY, 6L,
                                    ANSWERED, 5L));

            service.restart();
            assertThat(asker.outcome(waiting).kind()).isEqualTo("found");
            asker.awaitCommitOfEverything();
            asker.all()
                    .forEach(
                            (id, outcomes) ->
                                    assertThat(outcomes)
                                            .as(id)
                                            .hasSize(isBehind(waiting, id) ? 2 : 1));
        }
    }

    private static boolean isBehind(RecordMetadata waiting, String eventId) {
        String partition = waiting.topic() + "-" + waiting.partition() + "-";
        return eventId.startsWith(partition)
                && Long.parseLong(eventId.substring(partition.length())) > waiting.offset();
    }
}
