package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @Property(tries = 200)
    void letsNoMoreThanTheLimitStartInAnyWindowHoweverEagerTheCallers(
            @ForAll @IntRange(min = 1, max = 2000) int limit) {
        List<Instant> starts = eagerStarts(new RateLimiter(limit), 2 * limit + 2);

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
        Instant last = eagerStarts(new RateLimiter(limit), starts).get(starts - 1);

        int free = Math.max(2, limit / 64);
        Duration exact = WINDOW.multipliedBy(starts - 2).dividedBy(Math.max(1, limit - free));

        assertThat(Duration.between(START, last).minus(exact).abs())
                .isLessThan(Duration.ofMillis(1));
    }

    @Property(tries = 200)
    void savesNothingUpWhileNobodyCalls(@ForAll @IntRange(min = 2, max = 2000) int limit) {
        RateLimiter rateLimiter = new RateLimiter(limit);
        Instant later = START.plus(Duration.ofDays(1));
        rateLimiter.take(START);

        rateLimiter.take(later);
        rateLimiter.take(later);

        assertThat(rateLimiter.nextPermit(later)).isAfter(later);
    }

    @Test
    void permitsAnyNumberAtOnceWithoutALimit() {
        RateLimiter rateLimiter = new RateLimiter(0);

        for (int i = 0; i < 10_000; i++) {
            rateLimiter.take(START);
        }

        assertThat(rateLimiter.nextPermit(START)).isEqualTo(START);
    }

    @Test
    void permitsOneCallAMinuteAtALimitOfOne() {
        RateLimiter rateLimiter = new RateLimiter(1);

        rateLimiter.take(START);

        assertThat(rateLimiter.nextPermit(START)).isAfterOrEqualTo(START.plus(WINDOW));
    }

    @Test
    void fallsToWhatTheServiceAllowsWhenItRefuses() {
        RateLimiter rateLimiter = new RateLimiter(1500);
        Instant last = eagerStarts(rateLimiter, 501).get(500);

        rateLimiter.throttled(last);

        assertThat(rateLimiter.rate(last)).isBetween(450.0, 500.0);
    }

    @Test
    void keepsItsRateWhenTheServiceRefusesAfterAQuietMinute() {
        RateLimiter rateLimiter = new RateLimiter(500);
        Instant last = eagerStarts(rateLimiter, 40).get(39);

        rateLimiter.throttled(last);
        rateLimiter.throttled(last);

        assertThat(rateLimiter.rate(last)).isEqualTo(493.0);
    }

    @Test
    void climbsBackByAHundredthEveryTenSeconds() {
        RateLimiter rateLimiter = new RateLimiter(1000);
        Instant last = eagerStarts(rateLimiter, 501).get(500);
        rateLimiter.throttled(last);
        double fallen = rateLimiter.rate(last);

        double after = rateLimiter.rate(last.plusSeconds(10));

        assertThat(after - fallen).isCloseTo(9.85, within(0.01));
    }

    @Test
    void climbsNoHigherThanTheLimit() {
        RateLimiter rateLimiter = new RateLimiter(1000);
        Instant last = eagerStarts(rateLimiter, 501).get(500);
        rateLimiter.throttled(last);

        assertThat(rateLimiter.rate(last.plus(Duration.ofDays(1)))).isEqualTo(985.0);
    }

    /** The shortest time in which so many calls in a row started. */
    private static Duration shortestSpanOf(int count, List<Instant> starts) {
        Duration shortest = Duration.between(starts.get(0), starts.get(count - 1));
        for (int i = 1; i + count <= starts.size(); i++) {
            Duration span = Duration.between(starts.get(i), starts.get(i + count - 1));
            shortest = Durations.min(shortest, span);
        }
        return shortest;
    }

    /** Each call starts at the first moment that it may. */
    private static List<Instant> eagerStarts(RateLimiter rateLimiter, int count) {
        List<Instant> starts = new ArrayList<>(count);
        Instant now = START;
        for (int i = 0; i < count; i++) {
            Instant permit = rateLimiter.nextPermit(now);
            now = permit.isAfter(now) ? permit : now;
            rateLimiter.take(now);
            starts.add(now);
        }
        return starts;
    }

    /** Bursts of eager callers with pauses of up to two windows between them. */
    private static List<Instant> startsWithPauses(int limit, SplittableRandom random) {
        RateLimiter rateLimiter = new RateLimiter(limit);
        List<Instant> starts = new ArrayList<>();
        Instant now = START;
        while (starts.size() < 3 * limit + 3) {
            if (random.nextInt(4) == 0) {
                long longest = WINDOW.toNanos() / (1L << random.nextInt(20));
                now = now.plusNanos(random.nextLong(2 * longest));
            }
            Instant permit = rateLimiter.nextPermit(now);
            now = permit.isAfter(now) ? permit : now;
            rateLimiter.take(now);
            starts.add(now);
        }
        return starts;
    }
}
