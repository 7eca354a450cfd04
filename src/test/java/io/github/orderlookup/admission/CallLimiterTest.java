package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.OTHER_CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallLimiterTest {

    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final CallPermit.Result RESULT = new CallPermit.Result("id", new byte[0], null);

    private final ManualTime time = new ManualTime();
    private final List<String> granted = new ArrayList<>();

    @Test
    void grantsAsManyPermitsAsThereAreSlots() {
        CallLimiter limiter = limiter(2);

        enter(limiter, "a", "b", "c");

        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void grantsTheNextPermitWhenACallIsOver() {
        CallLimiter limiter = limiter(1);
        Waiting a = waiting("a").enter(limiter);
        enter(limiter, "b", "c");

        limiter.release(a.permit(), null);

        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void grantsInTheOrderOfArrival() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        List<Waiting> others =
                Stream.of("a", "b", "c", "d").map(name -> waiting(name).enter(limiter)).toList();

        limiter.release(occupant.permit(), null);
        others.forEach(other -> limiter.release(other.permit(), null));

        assertThat(granted).containsExactly("occupant", "a", "b", "c", "d");
    }

    @Test
    void grantsRestBeforeKafka() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        waiting("kafka").enter(limiter);
        waiting("rest").overRest().enter(limiter);

        limiter.release(occupant.permit(), null);

        assertThat(granted).containsExactly("occupant", "rest");
    }

    @Test
    void freesOneSlotForACallThatIsSaidToBeOverTwice() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        enter(limiter, "a", "b");

        limiter.release(occupant.permit(), null);
        limiter.release(occupant.permit(), null);

        assertThat(granted).containsExactly("occupant", "a");
    }

    @Test
    void freesNoSlotForAPermitThatWasNeverGranted() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);
        Waiting waiting = waiting("a").enter(limiter);

        limiter.release(waiting.permit(), null);

        assertThat(granted).containsExactly("occupant");
    }

    @Test
    void holdsAPermitUntilItsBackOffIsOver() {
        CallLimiter limiter = limiter(1);
        Waiting waiting = waiting("a").notBefore(time.in(SECOND)).enter(limiter);

        time.advance(SECOND.minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(waiting.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void holdsNoSlotForAPermitInItsBackOff() {
        CallLimiter limiter = limiter(1);
        waiting("later").notBefore(time.in(SECOND)).enter(limiter);

        waiting("now").enter(limiter);

        assertThat(granted).containsExactly("now");
    }

    @Test
    void startsCallsNoFasterThanTheBudgetAllows() {
        CallLimiter limiter = limiter(100, 62);

        enter(limiter, "a", "b", "c", "d");
        assertThat(granted).containsExactly("a", "b");
        time.advance(SECOND.plus(MOMENT));
        assertThat(granted).containsExactly("a", "b", "c");
        time.advance(SECOND);

        assertThat(granted).containsExactly("a", "b", "c", "d");
    }

    // Pauses ----------------------------------------------------------------------------------

    @Test
    void pausesTheCustomerThatIsThrottled() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, MINUTE);

        Waiting waiting = waiting("a").enter(limiter);
        time.advance(MINUTE.minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(waiting.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void pausesACustomerHoweverItsIdIsWritten() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, MINUTE);

        waiting("a").of(CUSTOMER.toUpperCase(Locale.ROOT)).enter(limiter);

        assertThat(granted).isEmpty();
    }

    @Test
    void takesTwoSpellingsOfOneCustomerForOne() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, MINUTE);
        limiter.pause(CUSTOMER.toUpperCase(Locale.ROOT), MINUTE);

        waiting("other").of(OTHER_CUSTOMER).enter(limiter);

        assertThat(granted).containsExactly("other");
    }

    @Test
    void letsOtherCustomersGoMeanwhile() {
        CallLimiter limiter = limiter(1);
        limiter.pause(CUSTOMER, MINUTE);

        waiting("paused").enter(limiter);
        waiting("other").of(OTHER_CUSTOMER).enter(limiter);

        assertThat(granted).containsExactly("other");
    }

    @Test
    void keepsBackThoseWhoWereInLineWhenTheirCustomerIsThrottled() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        waiting("paused").enter(limiter);
        waiting("other").of(OTHER_CUSTOMER).enter(limiter);

        limiter.pause(CUSTOMER, MINUTE);
        limiter.release(occupant.permit(), null);

        assertThat(granted).containsExactly("occupant", "other");
    }

    @Test
    void keepsTheLongerOfTwoPauses() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, MINUTE);
        limiter.pause(CUSTOMER, SECOND);

        waiting("a").enter(limiter);
        time.advance(SECOND);

        assertThat(granted).isEmpty();
    }

    @Test
    void resumesInTheOrderOfArrival() {
        CallLimiter limiter = limiter(100);
        List<String> names = Stream.iterate(10, n -> n + 1).limit(50).map(n -> "n" + n).toList();
        limiter.pause(CUSTOMER, MINUTE);
        enter(limiter, names.toArray(String[]::new));

        time.advance(MINUTE);

        assertThat(granted).containsExactlyElementsOf(names);
    }

    @Test
    void pausesEveryoneWhenASecondCustomerIsThrottled() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, MINUTE);
        limiter.pause(OTHER_CUSTOMER, SECOND);

        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(limiter);
        assertThat(third.decisions()).isEmpty();
        time.advance(SECOND);

        assertThat(third.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void pausesEveryoneForFiveMinutesAtMost() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, Duration.ofHours(1));
        limiter.pause(OTHER_CUSTOMER, Duration.ofHours(1));
        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(limiter);

        time.advance(Duration.ofMinutes(5).minus(MOMENT));
        assertThat(third.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(granted).containsExactly("third");
    }

    @Test
    void pausesNobodyElseWhenTheFirstPauseIsOver() {
        CallLimiter limiter = limiter(10);
        limiter.pause(CUSTOMER, SECOND);
        time.advance(SECOND);
        limiter.pause(OTHER_CUSTOMER, MINUTE);

        waiting("a").enter(limiter);

        assertThat(granted).containsExactly("a");
    }

    // Deadlines -------------------------------------------------------------------------------

    @Test
    void expiresAPermitAtItsDeadline() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);
        Waiting waiting = waiting("a").until(time.in(MINUTE)).enter(limiter);

        time.advance(MINUTE.minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(waiting.decisions()).containsExactly(Decision.EXPIRED);
    }

    @Test
    void passesOverAPermitThatHasExpired() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        waiting("expired").until(time.in(SECOND)).enter(limiter);
        waiting("next").enter(limiter);
        time.advance(SECOND);

        limiter.release(occupant.permit(), null);

        assertThat(granted).containsExactly("occupant", "next");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("obstaclesBeyondTheDeadline")
    void expiresAPermitAtOnceWhoseNextPermittedMomentLiesBeyondItsDeadline(
            String name, Obstacle obstacle) {
        CallLimiter limiter = limiter(10, 2);
        Waiting waiting = waiting("a").until(time.in(SECOND));

        obstacle.arise(limiter, waiting, time);
        waiting.enter(limiter);

        assertThat(waiting.decisions()).containsExactly(Decision.EXPIRED);
    }

    private interface Obstacle {
        void arise(CallLimiter limiter, Waiting waiting, ManualTime time);
    }

    static Stream<Arguments> obstaclesBeyondTheDeadline() {
        Duration tooLong = SECOND.plus(MOMENT);
        return Stream.of(
                obstacle("it has passed", (limiter, waiting, time) -> time.advance(tooLong)),
                obstacle(
                        "the back-off of the lookup",
                        (limiter, waiting, time) -> waiting.notBefore(time.in(tooLong))),
                obstacle(
                        "a pause of the customer",
                        (limiter, waiting, time) -> limiter.pause(CUSTOMER, tooLong)),
                obstacle(
                        "a pause of everyone",
                        (limiter, waiting, time) -> {
                            limiter.pause(OTHER_CUSTOMER, tooLong);
                            limiter.pause("another", tooLong);
                        }),
                obstacle(
                        "a budget that is spent",
                        (limiter, waiting, time) -> {
                            new Waiting("x", new ArrayList<>()).enter(limiter);
                            new Waiting("y", new ArrayList<>()).enter(limiter);
                        }));
    }

    private static Arguments obstacle(String name, Obstacle obstacle) {
        return arguments(name, obstacle);
    }

    @Test
    void expiresAWaitingPermitAtOnceWhenAPauseBeginsThatOutlastsItsDeadline() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        Waiting inLine = waiting("in line").until(time.in(SECOND)).enter(limiter);
        Waiting backingOff =
                waiting("backing off")
                        .notBefore(time.in(MOMENT))
                        .until(time.in(SECOND))
                        .enter(limiter);

        limiter.pause(CUSTOMER, MINUTE);

        assertThat(List.of(inLine.decisions(), backingOff.decisions()))
                .containsOnly(List.of(Decision.EXPIRED));
    }

    @Test
    void grantsAPermitThatIsReadyAtItsDeadline() {
        CallLimiter limiter = limiter(1);
        Instant moment = time.in(SECOND);
        limiter.pause(CUSTOMER, SECOND);

        Waiting waiting = waiting("a").until(moment).enter(limiter);

        assertThat(waiting.decisions()).isEmpty();
    }

    @Test
    void waitsForADeadlineBeyondWhatATimerCanCount() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);

        Waiting waiting = waiting("a").until(Instant.parse("9999-12-31T23:59:59Z")).enter(limiter);

        assertThat(waiting.decisions()).isEmpty();
    }

    // Patience --------------------------------------------------------------------------------

    @Test
    void refusesARestRequestAfterASecondWithoutAFreeSlot() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);
        Waiting waiting = waiting("a").overRest().enter(limiter);

        time.advance(SECOND.minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(waiting.decisions()).containsExactly(Decision.OVERLOADED);
    }

    @Test
    void letsAKafkaRequestWaitForASlot() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);
        Waiting waiting = waiting("a").enter(limiter);

        time.advance(Duration.ofDays(1));

        assertThat(waiting.decisions()).isEmpty();
    }

    @Test
    void countsThePatienceFromTheEndOfAPause() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        limiter.pause(CUSTOMER, MINUTE);
        Waiting waiting = waiting("a").overRest().enter(limiter);

        time.advance(MINUTE.plus(SECOND).minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT);

        assertThat(waiting.decisions()).containsExactly(Decision.OVERLOADED);
    }

    @Test
    void doesNotCallItselfOverloadedWhileThePauseOfACustomerLasts() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        Waiting waiting = waiting("a").overRest().enter(limiter);
        limiter.pause(CUSTOMER, MINUTE);

        time.advance(MINUTE);

        assertThat(waiting.decisions()).isEmpty();
    }

    @Test
    void doesNotCallItselfOverloadedWhileTheBudgetIsSpent() {
        CallLimiter limiter = limiter(10, 2);
        enter(limiter, "x", "y");
        Waiting waiting = waiting("a").overRest().enter(limiter);

        time.advance(MINUTE.minus(MOMENT));
        assertThat(waiting.decisions()).isEmpty();
        time.advance(MOMENT.multipliedBy(2));

        assertThat(waiting.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void countsThePatienceFromTheMomentAtWhichTheLastSlotIsTaken() {
        CallLimiter limiter = limiter(2, 2);
        enter(limiter, "x");
        time.advance(SECOND);
        Waiting y = waiting("y").enter(limiter);
        limiter.release(y.permit(), null);
        Waiting a = waiting("a").overRest().enter(limiter);
        Waiting b = waiting("b").overRest().enter(limiter);
        time.advance(Duration.ofSeconds(59).plus(MOMENT));
        assertThat(a.decisions()).containsExactly(Decision.GRANTED);

        time.advance(SECOND.minus(MOMENT.multipliedBy(2)));
        assertThat(b.decisions()).isEmpty();
        time.advance(MOMENT.multipliedBy(2));

        assertThat(b.decisions()).containsExactly(Decision.OVERLOADED);
    }

    // The end ---------------------------------------------------------------------------------

    @Test
    void dropsWaitingPermitsWhenItCloses() {
        CallLimiter limiter = limiter(1);
        waiting("occupant").enter(limiter);
        Waiting inLine = waiting("in line").enter(limiter);
        Waiting backingOff = waiting("backing off").notBefore(time.in(SECOND)).enter(limiter);

        limiter.close();

        assertThat(List.of(inLine.decisions(), backingOff.decisions()))
                .containsOnly(List.of(Decision.DROPPED));
    }

    @Test
    void dropsPermitsAfterItHasClosed() {
        CallLimiter limiter = limiter(1);
        limiter.close();

        Waiting late = waiting("late").enter(limiter);

        assertThat(late.decisions()).containsExactly(Decision.DROPPED);
    }

    @Test
    void leavesCallsUnderWayAloneWhenItCloses() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        enter(limiter, "a");

        limiter.close();
        limiter.release(occupant.permit(), null);

        assertThat(occupant.decisions()).containsExactly(Decision.GRANTED);
        assertThat(granted).containsExactly("occupant");
    }

    @Test
    void leavesNoAlarmBehindForAPermitThatIsDecided() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting waiting = waiting("a").overRest().until(time.in(MINUTE)).enter(limiter);

        limiter.release(occupant.permit(), null);
        limiter.release(waiting.permit(), null);

        assertThat(time.scheduled()).isZero();
    }

    @Test
    void makesOneCallForLookupsOfOneOrderThatWait() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting a = waiting("a").forOrder("order").enter(limiter);
        Waiting b = waiting("b").forOrder("order").enter(limiter);
        limiter.release(occupant.permit(), null);

        limiter.release(a.permit(), RESULT);

        assertThat(granted).containsExactly("occupant", "a");
        assertThat(b.decisions()).containsExactly(Decision.SHARED);
        assertThat(b.permit().shared()).isSameAs(RESULT);
    }

    @Test
    void joinsNoCallThatHasStarted() {
        CallLimiter limiter = limiter(2);
        Waiting a = waiting("a").forOrder("order").enter(limiter);
        Waiting b = waiting("b").forOrder("order").enter(limiter);

        limiter.release(a.permit(), RESULT);

        assertThat(b.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void letsALookupOverRestTakeTheLead() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        waiting("other").enter(limiter);
        Waiting kafka = waiting("kafka").forOrder("order").enter(limiter);
        Waiting rest = waiting("rest").forOrder("order").overRest().enter(limiter);
        limiter.release(occupant.permit(), null);

        limiter.release(rest.permit(), RESULT);

        assertThat(granted).containsExactly("occupant", "rest", "other");
        assertThat(kafka.decisions()).containsExactly(Decision.SHARED);
    }

    @Test
    void keepsTheOthersWaitingWhenTheFirstGivesUp() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting a = waiting("a").forOrder("order").until(time.in(SECOND)).enter(limiter);
        Waiting b = waiting("b").forOrder("order").enter(limiter);
        time.advance(SECOND.multipliedBy(2));

        limiter.release(occupant.permit(), null);

        assertThat(a.decisions()).containsExactly(Decision.EXPIRED);
        assertThat(b.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void letsTheOthersCallThemselvesWhenACallHasNoResult() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting a = waiting("a").forOrder("order").enter(limiter);
        Waiting b = waiting("b").forOrder("order").enter(limiter);
        limiter.release(occupant.permit(), null);

        limiter.release(a.permit(), null);

        assertThat(b.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void letsThoseWhoShareACallUnderWayHaveItsResultThoughTheLimiterCloses() {
        CallLimiter limiter = limiter(1);
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting a = waiting("a").forOrder("order").enter(limiter);
        Waiting b = waiting("b").forOrder("order").enter(limiter);
        limiter.release(occupant.permit(), null);
        limiter.close();

        limiter.release(a.permit(), RESULT);

        assertThat(b.decisions()).containsExactly(Decision.SHARED);
    }

    private CallLimiter limiter(int slots) {
        return limiter(slots, 0);
    }

    @Test
    void letsOneCallStartAloneUntilItHasItsTokenWhereTheRateIsLimited() {
        CallLimiter limiter = unsignedGate(8, 60_000);

        enter(limiter, "a", "b", "c");
        assertThat(granted).containsExactly("a");

        limiter.signedIn();
        time.advance(SECOND);
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void triesTheNextAloneWhenTheFirstGotNoToken() {
        CallLimiter limiter = unsignedGate(8, 60_000);
        Waiting a = waiting("a").enter(limiter);
        enter(limiter, "b", "c");

        limiter.release(a.permit(), null);
        time.advance(SECOND);

        assertThat(granted).containsExactly("a", "b");
    }

    private CallLimiter limiter(int slots, int requestsPerMinute) {
        CallLimiter limiter = unsignedGate(slots, requestsPerMinute);
        limiter.signedIn();
        return limiter;
    }

    private CallLimiter unsignedGate(int slots, int requestsPerMinute) {
        return Limiters.limiter(slots, requestsPerMinute, time);
    }

    private Waiting waiting(String name) {
        return new Waiting(name, granted);
    }

    private void enter(CallLimiter limiter, String... names) {
        for (String name : names) {
            waiting(name).enter(limiter);
        }
    }
}
