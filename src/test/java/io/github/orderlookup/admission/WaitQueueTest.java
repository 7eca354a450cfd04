package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.State;
import io.github.orderlookup.lookup.Source;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final WaitQueue queue = new WaitQueue();
    private long places;

    @Test
    void givesPermitsOfOneShareOutByPlace() {
        CallPermit first = kafka();
        CallPermit second = kafka();
        queue.add(second);
        queue.add(first);

        assertThat(queue.poll(true, true, true)).isSameAs(first);
        assertThat(queue.poll(true, true, true)).isSameAs(second);
        assertThat(queue.poll(true, true, true)).isNull();
        assertThat(queue.isAnyReady()).isFalse();
    }

    @Test
    void givesEveryFourthToKafkaWhileCallersWait() {
        for (int n = 0; n < 8; n++) {
            queue.add(kafka());
            queue.add(caller());
        }

        List<Source> sources =
                Stream.generate(() -> queue.poll(true, true, true))
                        .limit(8)
                        .map(permit -> permit.source)
                        .toList();

        assertThat(sources)
                .containsExactly(
                        Source.REST,
                        Source.REST,
                        Source.REST,
                        Source.KAFKA,
                        Source.REST,
                        Source.REST,
                        Source.REST,
                        Source.KAFKA);
    }

    @Test
    void givesOutNoneOfAShareThatMayNotStart() {
        CallPermit caller = caller();
        CallPermit kafka = kafka();
        queue.add(caller);
        queue.add(kafka);

        assertThat(queue.poll(false, false, true)).isNull();
        assertThat(queue.poll(false, true, true)).isSameAs(kafka);
        assertThat(queue.poll(false, true, true)).isNull();
        assertThat(queue.poll(true, false, true)).isSameAs(caller);
    }

    @Test
    void skipsOneThatIsDecidedMeanwhile() {
        CallPermit decided = kafka();
        CallPermit waiting = kafka();
        queue.add(decided);
        queue.add(waiting);
        decided.state = State.OVER;

        assertThat(queue.poll(true, true, true)).isSameAs(waiting);
    }

    @Test
    void keepsThoseThatAreNotReadyByTheirMoment() {
        CallPermit late = readyAt(kafka(), NOW.plusSeconds(2));
        CallPermit early = readyAt(kafka(), NOW.plusSeconds(1));
        assertThat(queue.nextReady()).isEqualTo(Instant.MAX);
        queue.addLater(late);
        queue.addLater(early);

        assertThat(queue.nextReady()).isEqualTo(NOW.plusSeconds(1));
        assertThat(queue.pollReady(NOW)).isNull();
        assertThat(queue.pollReady(NOW.plusSeconds(2))).isSameAs(early);
        assertThat(queue.pollReady(NOW.plusSeconds(2))).isSameAs(late);
    }

    @Test
    void probesWithAnOrderOfKafkaThatWasNeverCalledForBeforeOthers() {
        CallPermit retried = permit(Source.KAFKA, false);
        CallPermit neverCalled = kafka();
        queue.add(retried);
        queue.add(neverCalled);
        assertThat(queue.peekNeverCalled()).isSameAs(neverCalled);

        assertThat(queue.pollProbe(true, true, true)).isSameAs(neverCalled);
        assertThat(queue.peekNeverCalled()).isNull();
        assertThat(queue.pollProbe(true, true, true)).isSameAs(retried);
    }

    @Test
    void takesOutWhatMatchesFromAllQueues() {
        CallPermit caller = caller();
        CallPermit kafka = kafka();
        CallPermit later = readyAt(kafka(), NOW.plusSeconds(1));
        queue.add(caller);
        queue.add(kafka);
        queue.addLater(later);

        assertThat(queue.removeIf(permit -> permit != kafka))
                .containsExactlyInAnyOrder(caller, later);
        assertThat(queue.poll(true, true, true)).isSameAs(kafka);
    }

    @Test
    void takesEverySixteenthOfThoseThatYieldWhileOthersAreReady() {
        for (int i = 0; i < 40; i++) {
            queue.add(kafka());
            queue.add(permit(Source.WAITING, true));
        }

        List<Source> order =
                Stream.generate(() -> queue.poll(true, true, true))
                        .limit(32)
                        .map(permit -> permit.source)
                        .toList();

        assertThat(order.subList(0, 15)).containsOnly(Source.KAFKA);
        assertThat(order.get(15)).isEqualTo(Source.WAITING);
        assertThat(order.get(31)).isEqualTo(Source.WAITING);
        assertThat(order).filteredOn(source -> source == Source.WAITING).hasSize(2);
    }

    @Test
    void probesWithOneThatYieldsWhenNothingElseWaits() {
        CallPermit yielding = permit(Source.WAITING, true);
        queue.add(yielding);
        assertThat(queue.peekNeverCalled()).isNull();
        CallPermit kafka = kafka();
        queue.add(kafka);

        assertThat(queue.pollProbe(true, true, true)).isSameAs(kafka);
        assertThat(queue.pollProbe(true, true, false)).isNull();
        assertThat(queue.pollProbe(true, true, true)).isSameAs(yielding);
    }

    private CallPermit kafka() {
        return permit(Source.KAFKA, true);
    }

    private CallPermit caller() {
        return permit(Source.REST, true);
    }

    private static CallPermit readyAt(CallPermit permit, Instant moment) {
        permit.readyAt = moment;
        return permit;
    }

    private CallPermit permit(Source source, boolean firstAttempt) {
        return new CallPermit(
                "order",
                false,
                CUSTOMER,
                source,
                firstAttempt,
                source == Source.WAITING,
                NOW,
                null,
                places++,
                decision -> {});
    }
}
