package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.time.Durations;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Hundreds of random operations a try, against what the limiter promises. */
class CallLimiterPropertiesTest {

    private static final CallPermit.Result RESULT = new CallPermit.Result("id", new byte[0], null);

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE_FOR_ALL = Duration.ofMinutes(5);

    @Property(tries = 300)
    void keepsItsPromises(@ForAll long seed) {
        Story story = new Story(new SplittableRandom(seed));

        for (int step = 0; step < 300; step++) {
            story.step();
        }
        story.end();
    }

    /** One limiter, the lookups that wait at it, and a model of when they may call. */
    private static final class Story {

        private final SplittableRandom random;
        private final ManualTime time = new ManualTime();
        private final int slots;
        private final int limit;
        private final CallLimiter limiter;
        private final List<Lookup> all = new ArrayList<>();
        private final List<Lookup> underWay = new ArrayList<>();
        private final Deque<Instant> starts = new ArrayDeque<>();
        private final Map<String, Instant> pausedUntil = new HashMap<>();
        private Instant allPausedUntil = Instant.MIN;
        private @Nullable Instant fullSince;

        Story(SplittableRandom random) {
            this.random = random;
            slots = 1 + random.nextInt(5);
            limit = List.of(0, 1, 2, 7, 60, 500).get(random.nextInt(6));
            limiter = Limiters.limiter(slots, limit, time);
            limiter.signedIn();
        }

        void step() {
            switch (random.nextInt(11)) {
                case 10 -> cancelOne();
                case 0, 1, 2, 3 -> new Lookup().enter();
                case 4, 5, 6 -> endCall();
                case 7, 8 ->
                        time.advance(upTo(Duration.ofMillis(random.nextBoolean() ? 100 : 5_000)));
                default -> pauseSometimes();
            }
            assertThatNobodyWaitsWhoCouldGo();
        }

        void end() {
            limiter.close();
            while (!underWay.isEmpty()) {
                endCall();
            }
            assertThat(all).allSatisfy(lookup -> assertThat(lookup.decisions).hasSize(1));
            assertThat(limiter.stats().inFlight()).isZero();
            assertThat(limiter.stats().waiting()).isZero();
        }

        private void cancelOne() {
            if (!all.isEmpty()) {
                Lookup gone = all.get(random.nextInt(all.size()));
                boolean waits = gone.decisions.isEmpty();
                limiter.cancel(gone.permit);
                if (waits) {
                    assertThat(gone.decisions).containsExactly(Decision.CANCELLED);
                }
            }
        }

        private void endCall() {
            if (!underWay.isEmpty()) {
                Lookup ended = underWay.remove(random.nextInt(underWay.size()));
                limiter.release(ended.permit, ended.result);
                noteFullness();
            }
        }

        private void pauseSometimes() {
            if (random.nextInt(4) > 0) {
                return;
            }
            String customer = customer();
            Duration pause = upTo(Duration.ofSeconds(random.nextInt(8) == 0 ? 1_000 : 10));
            Instant now = time.now();
            pausedUntil.values().removeIf(end -> !end.isAfter(now));
            pausedUntil.merge(customer, now.plus(pause), Story::later);
            if (pausedUntil.size() > 1) {
                Duration forAll = Durations.min(pause, LONGEST_PAUSE_FOR_ALL);
                allPausedUntil = later(allPausedUntil, now.plus(forAll));
            }
            limiter.pause(customer, pause);
        }

        private Instant readyAt(Lookup lookup) {
            Instant pause =
                    later(allPausedUntil, pausedUntil.getOrDefault(lookup.customer, Instant.MIN));
            return later(lookup.notBefore, pause);
        }

        private void assertThatNobodyWaitsWhoCouldGo() {
            boolean isRateKnown = limit == 0 || pausedUntil.isEmpty();
            boolean mayStart = limit == 0 || starts.isEmpty() || isBudgetSurelyFull();
            if (underWay.size() < slots && mayStart && isRateKnown) {
                assertThat(all.stream().filter(this::couldGo))
                        .as("those who wait and could go")
                        .isEmpty();
            }
        }

        private boolean couldGo(Lookup lookup) {
            return lookup.decisions.isEmpty()
                    && !lookup.permit.sharing.isFollowing()
                    && !(lookup.yields && yieldingMayHaveToWait())
                    && !readyAt(lookup).isAfter(time.now());
        }

        /** One of them calls at a time here, and with a limit they leave its burst to others. */
        private boolean yieldingMayHaveToWait() {
            return limit > 0 || underWay.stream().anyMatch(call -> call.yields);
        }

        private boolean isBudgetSurelyFull() {
            Duration interval = WINDOW.dividedBy(Math.max(1, limit - 1)).plusNanos(1);
            return !starts.getLast().plus(interval.multipliedBy(2)).isAfter(time.now());
        }

        private void noteStart() {
            starts.add(time.now());
            assertThat(underWay).hasSizeLessThanOrEqualTo(slots);
            if (limit > 0 && starts.size() > limit) {
                assertThat(Duration.between(starts.removeFirst(), time.now()))
                        .isGreaterThanOrEqualTo(WINDOW);
            }
        }

        private void noteFullness() {
            if (underWay.size() < slots) {
                fullSince = null;
            } else if (fullSince == null) {
                fullSince = time.now();
            }
        }

        private String customer() {
            return List.of("a", "b", "c").get(random.nextInt(3));
        }

        private Duration upTo(Duration longest) {
            return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private final class Lookup {

            private final int number = all.size();
            private final String customer = customer();
            private final @Nullable String order =
                    random.nextBoolean() ? customer + "/" + random.nextInt(3) : null;
            private final boolean rest = random.nextInt(3) == 0;
            private final boolean retry = random.nextInt(4) == 0;
            private final boolean yields = retry && number % 3 == 0;
            private final Instant notBefore =
                    retry ? time.in(upTo(Duration.ofSeconds(10))) : time.now();
            private final @Nullable Instant deadline =
                    random.nextBoolean() ? time.in(upTo(Duration.ofSeconds(30))) : null;
            private Instant entered = time.now();
            private final List<Decision> decisions = new ArrayList<>();
            private CallPermit.@Nullable Result result;
            private final CallPermit permit =
                    new CallPermit(
                            order == null ? customer + "/#" + number : order,
                            order != null,
                            customer,
                            rest ? Source.REST : Source.KAFKA,
                            !retry,
                            yields,
                            notBefore,
                            deadline,
                            -1,
                            this::settle);

            void enter() {
                entered = time.now();
                all.add(this);
                limiter.acquire(permit);
            }

            private void settle(Decision decision) {
                decisions.add(decision);
                if (decision != Decision.GRANTED && random.nextInt(8) == 0) {
                    throw new IllegalStateException("a listener that fails");
                }
                assertThat(decisions).as("decisions about one permit").hasSize(1);
                switch (decision) {
                    case GRANTED -> {
                        assertThatItMayGo();
                        result = random.nextInt(4) == 0 ? null : RESULT;
                    }
                    case SHARED -> assertThat(permit.shared()).isSameAs(RESULT);
                    case EXPIRED -> assertThatItsTimeHasRunOut();
                    case OVERLOADED -> assertThatItHasWaitedForASlot();
                    case PAUSED -> assertThatItsCustomerIsPausedForTooLong();
                    case DROPPED, OUTAGE, CANCELLED, FAILED -> {}
                }
            }

            private void assertThatItMayGo() {
                underWay.add(this);
                noteStart();
                noteFullness();
                assertThat(readyAt(this)).isBeforeOrEqualTo(time.now());
                if (deadline != null) {
                    assertThat(time.now()).isBeforeOrEqualTo(deadline);
                }
                assertThat(all.subList(0, number).stream().filter(this::overtakes))
                        .as("those who are overtaken")
                        .isEmpty();
            }

            private boolean overtakes(Lookup earlier) {
                boolean sameLine = earlier.rest == rest && earlier.customer.equals(customer);
                return sameLine
                        && earlier.order == null
                        && !earlier.retry
                        && !retry
                        && earlier.decisions.isEmpty();
            }

            private void assertThatItsTimeHasRunOut() {
                assertThat(deadline).isNotNull();
                boolean passed = !time.now().isBefore(deadline);
                boolean hopeless = readyAt(this).isAfter(deadline);
                assertThat(passed || hopeless || limit > 0).isTrue();
            }

            private void assertThatItsCustomerIsPausedForTooLong() {
                Instant end = pausedUntil.getOrDefault(customer, Instant.MIN);
                assertThat(Duration.between(entered, end)).isGreaterThan(Limiters.LONGEST_PAUSE);
            }

            private void assertThatItHasWaitedForASlot() {
                assertThat(rest && !retry).isTrue();
                assertThat(fullSince).isNotNull();
                assertThat(Duration.between(later(fullSince, readyAt(this)), time.now()))
                        .isGreaterThanOrEqualTo(PATIENCE);
            }
        }
    }
}
