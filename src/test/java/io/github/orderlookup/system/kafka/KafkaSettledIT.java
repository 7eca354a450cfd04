package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Requests over Kafka that wait for their order to settle, at the intervals of the service. */
class KafkaSettledIT {

    private static final String WAITING = "waiting-" + Long.toHexString(System.nanoTime());

    @Test
    void eachRequestHasOneOutcomeOnceItsOrderIsSettledOrItsTimeIsUp() {
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .topic(WAITING, 6, Map.of())
                                .setting("order-lookup.waiting-topic", WAITING)
                                .start();
                Asker asker = new Asker(service)) {
            RecordMetadata pending = asker.send(settled("status-pending-once--k", ""));
            RecordMetadata young = asker.send(settled("http-404-once--k", ""));
            String soon = ",\"deadline\":\"" + Instant.now().plusSeconds(4) + "\"";
            RecordMetadata late = asker.send(settled("unprovisioned--k", soon));
            RecordMetadata missing = asker.send(settled("http-404--k", soon));
            RecordMetadata failed = asker.send(settled("status-error--k", ""));
            RecordMetadata refused = asker.send(settled("http-403--k", ""));
            RecordMetadata plain = asker.send(Asker.request("status-pending--plain"));
            asker.awaitCommitOfEverything();

            assertState(
                    asker.outcome(failed), "true", "the order has failed and must be placed again");
            assertThat(asker.outcome(refused).kind()).isEqualTo("access-denied");
            assertThat(asker.outcome(plain).headerNames())
                    .doesNotContain("order-lookup-settled", "order-lookup-state");
            assertState(asker.outcome(late), "false", "line 0 has no subscription yet");
            assertThat(asker.outcome(missing).kind()).isEqualTo("order-not-found");
            assertState(asker.outcome(pending), "true", "the order is completed");
            assertState(asker.outcome(young), "true", "the order is completed");
            assertThat(asker.outcome(pending).headerText("order-lookup-attempts")).isEqualTo("1");
            assertThat(asker.outcome(pending).key()).isEqualTo("a-key".getBytes());
            assertThat(asker.all().values()).allSatisfy(all -> assertThat(all).hasSize(1));
            assertThat(service.simulator().apiLog().forOrder("status-pending-once--k")).hasSize(2);
        }
    }

    @Test
    void withoutAWaitingTopicSuchARequestIsInvalid() {
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .start();
                Asker asker = new Asker(service)) {
            Outcome outcome = asker.ask(settled("order--k", ""));

            assertThat(outcome.kind()).isEqualTo("invalid-request");
            assertThat(outcome.json().path("detail").asText())
                    .contains("order-lookup.waiting-topic");
            assertThat(service.simulator().apiLog().all()).isEmpty();
        }
    }

    private static String settled(String orderId, String more) {
        return "{\"customerId\":\"%s\",\"orderId\":\"%s\",\"until\":\"settled\"%s}"
                .formatted(CUSTOMER, orderId, more);
    }

    private static void assertState(Outcome outcome, String settled, String state) {
        assertThat(outcome.kind()).isEqualTo("found");
        assertThat(outcome.headerText("order-lookup-settled")).isEqualTo(settled);
        assertThat(outcome.headerText("order-lookup-state")).isEqualTo(state);
    }
}
