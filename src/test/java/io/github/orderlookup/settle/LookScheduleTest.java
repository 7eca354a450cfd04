package io.github.orderlookup.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final Instant FAR = NOW.plus(Duration.ofDays(30));
    private static final OrderLookupRequest ORDER = new OrderLookupRequest("customer", "order");

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "5, 160", "6, 300", "7, 300", "9000, 300"})
    void looksGrowRarerWithAJitterOfATenth(int looks, int seconds) {
        Duration delay = Duration.between(NOW, next(ORDER, looks, NOW));

        assertThat(delay)
                .isBetween(
                        Duration.ofSeconds(seconds),
                        Duration.ofMillis(Math.round(seconds * 1100.0)));
    }

    @Test
    void theLastLookIsAtTheEnd() {
        Instant end = NOW.plusSeconds(3);

        assertThat(LookSchedule.USUAL.next(ORDER, 1, NOW, end)).isEqualTo(end);
    }

    @Test
    void requestsForTheSameOrderThatComeTogetherStayTogether() {
        Set<Instant> dues =
                IntStream.range(0, 100)
                        .mapToObj(millis -> next(ORDER, 6, NOW.plusMillis(millis)))
                        .collect(Collectors.toSet());

        assertThat(dues).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void looksAtDifferentOrdersAreSpread() {
        Set<Instant> dues =
                IntStream.range(0, 1_000)
                        .mapToObj(n -> next(new OrderLookupRequest("customer", "o" + n), 6, NOW))
                        .collect(Collectors.toSet());

        assertThat(dues).hasSizeGreaterThan(900);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 6, 0", "9, 6, 0", "10, 6, 0", "19, 6, 0", "20, 6, 1", "50, 6, 2", "80, 6, 3",
        "200, 6, 4", "300, 6, 5", "9999, 6, 5", "10, 3, 0", "20, 3, 0", "40, 3, 1", "300, 3, 2",
        "300, 1, 0", "-5, 6, 0"
    })
    void aDelayHasItsTier(int seconds, int partitions, int tier) {
        assertThat(LookSchedule.USUAL.partition(Duration.ofSeconds(seconds), partitions, "id"))
                .isEqualTo(tier);
    }

    @ParameterizedTest
    @CsvSource({"7", "8", "12", "20", "100"})
    void aTierUsesAllItsPartitions(int partitions) {
        Set<Integer> used = new HashSet<>();
        for (Duration interval : LookSchedule.USUAL.intervals()) {
            int tier = LookSchedule.USUAL.intervals().indexOf(interval);
            for (int n = 0; n < 2_000; n++) {
                int partition = LookSchedule.USUAL.partition(interval, partitions, "t-0-" + n);
                assertThat(partition % 6).isEqualTo(tier);
                used.add(partition);
            }
        }

        assertThat(used).hasSize(partitions).allMatch(p -> p >= 0 && p < partitions);
    }

    private static Instant next(OrderLookupRequest request, int looks, Instant now) {
        return LookSchedule.USUAL.next(request, looks, now, FAR);
    }
}
