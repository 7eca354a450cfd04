package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Requests wait for orders that settle at scripted times while the process is killed. */
class SettleChaos {

    private static final int ORDERS = Integer.getInteger("settle.orders", 5_000);
    private static final int KILLS = Integer.getInteger("settle.kills", 10);
    private static final int MAX_PENDING = 2_048;

    /** Orders settle within that time; the first looks are 10, 20 and 40 s apart. */
    private static final Duration SPAN = Duration.ofSeconds(60);

    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(15);
    private static final long SEED = 20261129;

    private final Map<String, Instant> settles = new HashMap<>();

    @Test
    void killedWhileRequestsWaitForTheirOrders() {
        String waiting = "waiting-" + UUID.randomUUID();
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .topic(waiting, 6, Map.of())
                                .setting("order-lookup.waiting-topic", waiting)
                                .setting("order-lookup.max-pending", "" + MAX_PENDING)
                                .start();
                Asker asker = new Asker(service)) {
            List<RecordMetadata> requests = ask(service, asker);
            for (int kill = 0; kill < KILLS; kill++) {
                LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
                service.process().kill();
                service.restart();
            }
            Instant end = Instant.now().plus(Duration.ofMinutes(10));
            while (answered(asker) < ORDERS && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }

            Map<String, List<Outcome>> outcomes = asker.all();
            assertThat(requests)
                    .extracting(SettleChaos::eventId)
                    .allSatisfy(id -> assertThat(outcomes).containsKey(id));
            assertThat(outcomes).hasSize(ORDERS);
            assertThat(outcomes.values())
                    .allSatisfy(all -> assertThat(all).allSatisfy(this::assertSettledInTime));
            int repeated = outcomes.values().stream().mapToInt(all -> all.size() - 1).sum();
            assertThat(repeated).isLessThanOrEqualTo(KILLS * MAX_PENDING);
            System.out.println(
                    "orders "
                            + ORDERS
                            + ", kills "
                            + KILLS
                            + ", repeated "
                            + repeated
                            + ", calls "
                            + service.simulator().apiLog().count());
        }
    }

    private List<RecordMetadata> ask(RunningService service, Asker asker) {
        Random random = new Random(SEED);
        List<RecordMetadata> requests = new ArrayList<>();
        for (int n = 0; n < ORDERS; n++) {
            String orderId = "settles-" + n;
            Instant moment = Instant.now().plusMillis(random.nextLong(SPAN.toMillis()));
            settles.put(orderId, moment);
            service.simulator()
                    .alwaysAnswer(
                            orderId,
                            call ->
                                    (Instant.now().isBefore(moment)
                                                    ? Answers.inStatus("pending")
                                                    : Answers.normal())
                                            .play(call));
            requests.add(
                    asker.send(
                            "{\"customerId\":\"%s\",\"orderId\":\"%s\",\"until\":\"settled\"}"
                                    .formatted(CUSTOMER, orderId)));
        }
        return requests;
    }

    private static int answered(Asker asker) {
        return asker.all().size();
    }

    /** None early: an outcome that says settled comes after the order was. */
    private void assertSettledInTime(Outcome outcome) {
        assertThat(outcome.kind()).isEqualTo("found");
        assertThat(outcome.headerText("order-lookup-settled")).isEqualTo("true");
        Instant moment = settles.get(outcome.json().path("id").asText());
        assertThat(Instant.parse(outcome.headerText("ce_time"))).isAfterOrEqualTo(moment);
    }

    private static String eventId(RecordMetadata request) {
        return request.topic() + "-" + request.partition() + "-" + request.offset();
    }
}
