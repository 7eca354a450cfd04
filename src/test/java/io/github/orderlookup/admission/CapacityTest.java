package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Source.Share;
import io.github.orderlookup.memory.ResponseMemory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ResponseMemory.Shares memory = Limiters.shares(1_000);

    @Test
    void givesOneShareAllSlotsWhileTheOtherWaitsForNone() {
        Capacity capacity = capacity(8, 0);
        start(capacity, Source.KAFKA, 8);

        assertThat(capacity.held()).isEqualTo(8);
        assertThat(capacity.isAnySlotFree()).isFalse();
        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isFalse();
    }

    @Test
    void keepsAnEighthOfTheSlotsForTheOtherShareForAMinuteAfterItsLastWait() {
        Capacity capacity = capacity(16, 0);
        capacity.waits(Share.CALLERS, NOW);
        start(capacity, Source.KAFKA, 14);

        assertThat(capacity.hasPlace(Share.KAFKA, NOW.plusSeconds(59))).isFalse();
        assertThat(capacity.hasPlace(Share.CALLERS, NOW.plusSeconds(59))).isTrue();
        assertThat(capacity.hasPlace(Share.KAFKA, NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void countsTheSlotsOfTheOtherShareAgainstThoseKeptForIt() {
        Capacity capacity = capacity(16, 0);
        capacity.waits(Share.CALLERS, NOW);
        start(capacity, Source.REST, 1);
        start(capacity, Source.KAFKA, 13);

        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isTrue();
        start(capacity, Source.KAFKA, 1);
        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isFalse();
    }

    @Test
    void hasAPlaceAgainWhenACallEnds() {
        Capacity capacity = capacity(1, 0);
        start(capacity, Source.REST, 1);
        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isFalse();

        capacity.end(permit(Source.REST, false), NOW.plusSeconds(3));

        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isTrue();
        assertThat(capacity.lastStartOrEnd()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void keepsMostSlotsFromLooksAtOrdersThatMove() {
        Capacity capacity = capacity(16, 0);
        capacity.start(permit(Source.WAITING, true), NOW);
        assertThat(capacity.hasPlaceForYielding()).isTrue();
        capacity.start(permit(Source.WAITING, true), NOW);
        assertThat(capacity.hasPlaceForYielding()).isFalse();
        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isTrue();

        capacity.end(permit(Source.WAITING, true), NOW);

        assertThat(capacity.hasPlaceForYielding()).isTrue();
    }

    @Test
    void aLookAtAnOrderThatMovesLeavesThePermitOfTheBurstToOthers() {
        Capacity capacity = capacity(16, 60);
        capacity.health.resume(NOW);
        capacity.signedIn();
        start(capacity, Source.WAITING, 1);

        assertThat(capacity.mayStart(NOW)).isTrue();
        assertThat(capacity.nextStartThatYields(NOW)).isAfter(NOW);
    }

    @Test
    void hasNoPlaceForAShareWhoseMemoryIsExhausted() {
        Capacity capacity = capacity(8, 0);
        for (int response = 0; response < 5; response++) {
            memory.kafka().claim(1_000, granted -> {});
        }

        assertThat(capacity.hasPlace(Share.KAFKA, NOW)).isFalse();
        assertThat(capacity.hasPlace(Share.CALLERS, NOW)).isTrue();
    }

    @Test
    void letsTheFirstCallOfALimitedRateStartAloneUntilItHasItsToken() {
        Capacity capacity = capacity(8, 60_000);
        capacity.health.resume(NOW);
        assertThat(capacity.mayStart(NOW)).isTrue();
        start(capacity, Source.KAFKA, 1);
        Instant later = NOW.plusSeconds(60);
        assertThat(capacity.mayStart(later)).isFalse();

        capacity.signedIn();

        assertThat(capacity.mayStart(later)).isTrue();
    }

    private Capacity capacity(int slots, int requestsPerMinute) {
        return new Capacity(slots, memory, new RateLimiter(requestsPerMinute), new Health(slots));
    }

    private static void start(Capacity capacity, Source source, int calls) {
        for (int call = 0; call < calls; call++) {
            capacity.start(permit(source, false), NOW);
        }
    }

    private static CallPermit permit(Source source, boolean yields) {
        return new CallPermit(
                "order", false, CUSTOMER, source, true, yields, NOW, null, -1, decision -> {});
    }
}
