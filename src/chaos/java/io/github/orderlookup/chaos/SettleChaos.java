package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.settle.LookSchedule;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.ScriptedAnswer;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Requests wait for orders that settle at scripted times while the process is killed. */
class SettleChaos {

    private static final int ORDERS = Integer.getInteger("settle.orders", 5_000);
    private static final int KILLS = Integer.getInteger("settle.kills", 10);
    private static final int MAX_PENDING = 2_048;

    /** A second instance joins and leaves before every third kill. */
    private static final int REBALANCES = KILLS / 3;

    /** Assignments that are lost: by a kill, and when an instance joins and leaves. */
    private static final int LOST_ASSIGNMENTS = KILLS + 2 * REBALANCES;

    /** That part of the orders is reported within two intervals of the moment it has settled. */
    private static final double PUNCTUAL = 0.95;

    /** Orders settle within that time; the first looks are 10, 20 and 40 s apart. */
    private static final Duration SPAN = Duration.ofSeconds(60);

    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(15);
    private static final int WAITERS = 1_000;
    private static final int PER_SECOND = 20;
    private static final int PER_MINUTE = 6_000;
    private static final int WARM_UP = 60 * PER_SECOND;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration OBSERVED = Duration.ofSeconds(60);
    private static final long SEED = 20261129;

    /**
     * An order with the time of its request.
     *
     * @param moment when it settles
     */
    private record Scripted(Instant asked, Instant moment) {}

    /**
     * What was seen of plain lookups for a while.
     *
     * @param slowest the time within which 99 % of the Orders came
     * @param lag the most requests that were not committed
     */
    private record Observed(Duration slowest, long lag) {}

    private final String waiting = "waiting-" + UUID.randomUUID();
    private final Map<String, Scripted> orders = new HashMap<>();

    @Test
    void killedWhileRequestsWaitForTheirOrders() {
        try (RunningService service =
                        options(RunningService.builder())
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .topic(waiting, 6, Map.of())
                                .start();
                Asker asker = new Asker(service)) {
            List<RecordMetadata> requests = ask(service, asker);
            for (int kill = 1; kill <= KILLS; kill++) {
                if (kill % 3 == 0) {
                    joinAndLeave(service);
                }
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
            assertThat(repeated).isLessThanOrEqualTo(LOST_ASSIGNMENTS * MAX_PENDING);
            long calls = service.simulator().apiLog().count();
            long scheduled = outcomes.values().stream().mapToLong(this::scheduled).sum();
            assertThat(calls).isBetween(scheduled / 2, scheduled + LOST_ASSIGNMENTS * MAX_PENDING);
            long punctual = outcomes.values().stream().filter(this::isPunctual).count();
            assertThat(punctual).isGreaterThanOrEqualTo(Math.round(PUNCTUAL * ORDERS));
            note(repeated, calls, scheduled, punctual);
        }
    }

    @Test
    void aThousandRequestsWaitBesideOthers() {
        try (RunningService service =
                        options(RunningService.builder())
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .topic(waiting, 6, Map.of())
                                .setting("partner-center.requests-per-minute", "" + PER_MINUTE)
                                .start();
                Load load = new Load(service)) {
            service.simulator().latency(LATENCY);
            service.simulator().window(PER_MINUTE);
            load.start(PER_SECOND);
            load.awaitOutcomes(WARM_UP);
            Observed before = observe(service, load);
            AtomicInteger looks = new AtomicInteger();
            for (int n = 0; n < WAITERS; n++) {
                String orderId = "moves-" + n;
                service.simulator().alwaysAnswer(orderId, pending(looks));
                load.askAside(request(orderId));
            }
            Group group = new Group(service);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> looks.get() >= WAITERS && group.lag() <= PER_SECOND);
            Observed beside = observe(service, load);
            load.stop();

            assertThat(looks).hasValueGreaterThan(2 * WAITERS);
            assertThat(load.failed()).isZero();
            assertThat(Scrape.of(service).value("order_lookup_budget_pauses_total")).isZero();
            assertThat(beside.lag()).isLessThanOrEqualTo(before.lag() + PER_SECOND);
            double ratio = (double) beside.slowest().toMillis() / before.slowest().toMillis();
            assertThat(ratio).isLessThanOrEqualTo(1.2);
            Finding.write(
                    new Finding(
                            "01-9-settle-beside",
                            "A thousand requests wait for their orders to settle, within a budget"
                                    + " that their looks nearly use up: 99 % of the other lookups"
                                    + " take at most 1.2 times as long, nothing is throttled, and"
                                    + " the request topic is committed as ever.",
                            "SettleChaos.aThousandRequestsWaitBesideOthers",
                            List.of(
                                    looks + " looks",
                                    load.answered() + " other lookups, 0 failed",
                                    String.format(
                                            Locale.ROOT,
                                            "99 %% within %d ms, %d ms without them",
                                            beside.slowest().toMillis(),
                                            before.slowest().toMillis()),
                                    String.format(
                                            Locale.ROOT,
                                            "at most %d requests not committed, %d without them",
                                            beside.lag(),
                                            before.lag()))));
        }
    }

    /** What a load sees of the service for a while. */
    private static Observed observe(RunningService service, Load load) {
        Group group = new Group(service);
        Instant from = Instant.now();
        Instant end = from.plus(OBSERVED);
        long lag = 0;
        while (Instant.now().isBefore(end)) {
            lag = Math.max(lag, group.lag());
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        load.awaitOutcomes();
        return new Observed(load.timeOfFound(from, end, 99), lag);
    }

    private static ScriptedAnswer pending(AtomicInteger looks) {
        return call -> {
            looks.incrementAndGet();
            Answers.inStatus("pending").play(call);
        };
    }

    private static String request(String orderId) {
        return "{\"customerId\":\"%s\",\"orderId\":\"%s\",\"until\":\"settled\"}"
                .formatted(CUSTOMER, orderId);
    }

    private static void note(int repeated, long calls, long scheduled, long punctual) {
        Finding.write(
                new Finding(
                        "01-9-settle-killed",
                        "Killed (SIGKILL) again and again while requests wait for their orders to"
                                + " settle, and another instance joins and leaves: each has its"
                                + " outcome, none before its order is settled, 95 % within two"
                                + " intervals of that moment, with the calls of the schedule and of"
                                + " at most `max-pending` repeats for each lost assignment.",
                        "SettleChaos.killedWhileRequestsWaitForTheirOrders",
                        List.of(
                                ORDERS + " orders",
                                KILLS + " kills",
                                2 * REBALANCES + " rebalances by joins and leaves",
                                "0 lost",
                                repeated + " repeated",
                                calls + " calls, " + scheduled + " scheduled",
                                String.format(
                                        Locale.ROOT,
                                        "%.1f %% within two intervals",
                                        100.0 * punctual / ORDERS))));
    }

    private RunningService.Builder options(RunningService.Builder builder) {
        return builder.setting("order-lookup.waiting-topic", waiting)
                .setting("order-lookup.max-pending", "" + MAX_PENDING);
    }

    private void joinAndLeave(RunningService first) {
        try (RunningService second = options(RunningService.beside(first)).start()) {
            new Group(first).awaitMembers(2);
            LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
            assertThat(second.process().terminate()).isEqualTo(143);
        }
    }

    /** How many looks at an order are due until its first outcome, the first one included. */
    private long scheduled(List<Outcome> outcomes) {
        return 1 + intervalsWithin(Duration.between(order(outcomes).asked(), at(outcomes)));
    }

    /** Whether the first outcome came within two intervals of the moment the order has settled. */
    private boolean isPunctual(List<Outcome> outcomes) {
        Scripted order = order(outcomes);
        List<Duration> intervals = LookSchedule.USUAL.intervals();
        int passed = (int) intervalsWithin(Duration.between(order.asked(), order.moment()));
        Duration interval = intervals.get(Math.min(passed, intervals.size() - 1));
        return at(outcomes).isBefore(order.moment().plus(interval.multipliedBy(2)));
    }

    /** How many intervals pass, one after the other, within that time. */
    private static long intervalsWithin(Duration time) {
        Duration sum = Duration.ZERO;
        int passed = 0;
        for (Duration interval : LookSchedule.USUAL.intervals()) {
            sum = sum.plus(interval);
            passed += sum.compareTo(time) <= 0 ? 1 : 0;
        }
        return passed;
    }

    private Scripted order(List<Outcome> outcomes) {
        return orders.get(outcomes.get(0).json().path("id").asText());
    }

    private static Instant at(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> Instant.parse(outcome.headerText("ce_time")))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<RecordMetadata> ask(RunningService service, Asker asker) {
        Random random = new Random(SEED);
        List<RecordMetadata> requests = new ArrayList<>();
        for (int n = 0; n < ORDERS; n++) {
            String orderId = "settles-" + n;
            Instant asked = Instant.now();
            Instant moment = asked.plusMillis(random.nextLong(SPAN.toMillis()));
            orders.put(orderId, new Scripted(asked, moment));
            service.simulator()
                    .alwaysAnswer(
                            orderId,
                            call ->
                                    (Instant.now().isBefore(moment)
                                                    ? Answers.inStatus("pending")
                                                    : Answers.normal())
                                            .play(call));
            requests.add(asker.send(request(orderId)));
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
        Instant moment = orders.get(outcome.json().path("id").asText()).moment();
        assertThat(Instant.parse(outcome.headerText("ce_time"))).isAfterOrEqualTo(moment);
    }

    private static String eventId(RecordMetadata request) {
        return request.topic() + "-" + request.partition() + "-" + request.offset();
    }
}
