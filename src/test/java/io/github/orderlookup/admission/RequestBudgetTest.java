package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.orderlookup.signin.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @Property(tries = 200)
    void letsNoMoreThanTheLimitStartInAnyWindowHoweverEagerTheCallers(
            @ForAll @IntRange(min = 1, max = 2000) int limit) {
        List<Instant> starts = eagerStarts(new RequestBudget(limit), 2 * limit + 2);

        assertThat(shortestSpanOf(limit + 1, starts)).isGreaterThanOrEqualTo(WINDOW);
    }

    @Property(tries = 200)
    void letsNoMoreThanTheLimitStartInAnyWindowWhateverThePauses(
            @ForAll @IntRange(min = 1, max = 2000) int limit, @ForAll long seed) {
        List<Instant> starts = startsWithPauses(limit, new SplittableRandom(seed));

        assertThat(shortestSpanOf(limit + 1, starts)).isGreaterThanOrEqualTo(WINDOW);
    }

    @Property(tries = 200)
    void letsAtMostTwoStartAtOnce(
            @ForAll @IntRange(min = 1, max = 2000) int limit, @ForAll long seed) {
        List<Instant> starts = startsWithPauses(limit, new SplittableRandom(seed));

        assertThat(shortestSpanOf(3, starts)).isPositive();
    }

    @Property(tries = 200)
    void doesNotDriftFromItsRate(@ForAll @IntRange(min = 2, max = 2000) int limit) {
        int starts = 20_000;
        Instant last = eagerStarts(new RequestBudget(limit), starts).get(starts - 1);

        int free = Math.max(2, limit / 64);
        Duration exact = WINDOW.multipliedBy(starts - 2).dividedBy(Math.max(1, limit - free));

        assertThat(Duration.between(START, last).minus(exact).abs())
                .isLessThan(Duration.ofMillis(1));
    }

    @Property(tries = 200)
    void savesNothingUpWhileNobodyCalls(@ForAll @IntRange(min = 2, max = 2000) int limit) {
        RequestBudget budget = new RequestBudget(limit);
        Instant later = START.plus(Duration.ofDays(1));
        budget.take(START);

        budget.take(later);
        budget.take(later);

        assertThat(budget.nextPermit(later)).isAfter(later);
    }

    @Test
    void permitsAnyNumberAtOnceWithoutALimit() {
        RequestBudget budget = new RequestBudget(0);

        for (int i = 0; i < 10_000; i++) {
            budget.take(START);
        }

        assertThat(budget.nextPermit(START)).isEqualTo(START);
    }

    @Test
    void permitsOneCallAMinuteAtALimitOfOne() {
        RequestBudget budget = new RequestBudget(1);

        budget.take(START);

        assertThat(budget.nextPermit(START)).isAfterOrEqualTo(START.plus(WINDOW));
    }

    @Test
    void fallsToWhatTheServiceAllowsWhenItRefuses() {
        RequestBudget budget = new RequestBudget(1500);
        Instant last = eagerStarts(budget, 501).get(500);

        budget.throttled(last);

        assertThat(budget.rate(last)).isBetween(450.0, 500.0);
    }

    @Test
    void keepsItsRateWhenTheServiceRefusesAfterAQuietMinute() {
        RequestBudget budget = new RequestBudget(500);
        Instant last = eagerStarts(budget, 40).get(39);

        budget.throttled(last);
        budget.throttled(last);

        assertThat(budget.rate(last)).isEqualTo(493.0);
    }

    @Test
    void climbsBackByAHundredthEveryTenSeconds() {
        RequestBudget budget = new RequestBudget(1000);
        Instant last = eagerStarts(budget, 501).get(500);
        budget.throttled(last);
        double fallen = budget.rate(last);

        double after = budget.rate(last.plusSeconds(10));

        assertThat(after - fallen).isCloseTo(9.85, within(0.01));
    }

    @Test
    void climbsNoHigherThanTheLimit() {
        RequestBudget budget = new RequestBudget(1000);
        Instant last = eagerStarts(budget, 501).get(500);
        budget.throttled(last);

        assertThat(budget.rate(last.plus(Duration.ofDays(1)))).isEqualTo(985.0);
    }

    /** The shortest time in which so many calls in a row started. */
    private static Duration shortestSpanOf(int count, List<Instant> starts) {
        Duration shortest = Duration.between(starts.get(0), starts.get(count - 1));
        for (int i = 1; i + count <= starts.size(); i++) {
            Duration span = Duration.between(starts.get(i), starts.get(i + count - 1));
            shortest = BackOff.shorter(shortest, span);
        }
        return shortest;
    }

    /** Each call starts at the first moment that it may. */
    private static List<Instant> eagerStarts(RequestBudget budget, int count) {
        List<Instant> starts = new ArrayList<>(count);
        Instant now = START;
        for (int i = 0; i < count; i++) {
            Instant permit = budget.nextPermit(now);
            now = permit.isAfter(now) ? permit : now;
            budget.take(now);
            starts.add(now);
        }
        return starts;
    }

    /** Bursts of eager callers with pauses of up to two windows between them. */
    private static List<Instant> startsWithPauses(int limit, SplittableRandom random) {
        RequestBudget budget = new RequestBudget(limit);
        List<Instant> starts = new ArrayList<>();
        Instant now = START;
        while (starts.size() < 3 * limit + 3) {
            if (random.nextInt(4) == 0) {
                long longest = WINDOW.toNanos() / (1L << random.nextInt(20));
                now = now.plusNanos(random.nextLong(2 * longest));
            }
            Instant permit = budget.nextPermit(now);
            now = permit.isAfter(now) ? permit : now;
            budget.take(now);
            starts.add(now);
        }
        return starts;
    }
}
