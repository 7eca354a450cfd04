package io.github.orderlookup.admission;

import static io.github.orderlookup.admission.Waiting.CUSTOMER;
import static io.github.orderlookup.admission.Waiting.OTHER_CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.admission.Turn.Verdict;
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

class CallGateTest {

    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final CallResult RESULT = new CallResult("id", new byte[0], null);

    private final HandTime time = new HandTime();
    private final List<String> granted = new ArrayList<>();

    @Test
    void grantsAsManyTurnsAsThereAreSlots() {
        CallGate gate = gate(2);

        enter(gate, "a", "b", "c");

        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void grantsTheNextTurnWhenACallIsOver() {
        CallGate gate = gate(1);
        Waiting a = waiting("a").enter(gate);
        enter(gate, "b", "c");

        gate.leave(a.turn());

        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void grantsInTheOrderOfArrival() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        List<Waiting> others =
                Stream.of("a", "b", "c", "d").map(name -> waiting(name).enter(gate)).toList();

        gate.leave(occupant.turn());
        others.forEach(other -> gate.leave(other.turn()));

        assertThat(granted).containsExactly("occupant", "a", "b", "c", "d");
    }

    @Test
    void grantsRestBeforeKafka() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        waiting("kafka").enter(gate);
        waiting("rest").overRest().enter(gate);

        gate.leave(occupant.turn());

        assertThat(granted).containsExactly("occupant", "rest");
    }

    @Test
    void freesOneSlotForACallThatIsSaidToBeOverTwice() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        enter(gate, "a", "b");

        gate.leave(occupant.turn());
        gate.leave(occupant.turn());

        assertThat(granted).containsExactly("occupant", "a");
    }

    @Test
    void freesNoSlotForATurnThatWasNeverGranted() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);
        Waiting waiting = waiting("a").enter(gate);

        gate.leave(waiting.turn());

        assertThat(granted).containsExactly("occupant");
    }

    @Test
    void holdsATurnUntilItsBackOffIsOver() {
        CallGate gate = gate(1);
        Waiting waiting = waiting("a").notBefore(time.in(SECOND)).enter(gate);

        time.pass(SECOND.minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(waiting.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void holdsNoSlotForATurnInItsBackOff() {
        CallGate gate = gate(1);
        waiting("later").notBefore(time.in(SECOND)).enter(gate);

        waiting("now").enter(gate);

        assertThat(granted).containsExactly("now");
    }

    @Test
    void startsCallsNoFasterThanTheBudgetAllows() {
        CallGate gate = gate(100, 62);

        enter(gate, "a", "b", "c", "d");
        assertThat(granted).containsExactly("a", "b");
        time.pass(SECOND.plus(MOMENT));
        assertThat(granted).containsExactly("a", "b", "c");
        time.pass(SECOND);

        assertThat(granted).containsExactly("a", "b", "c", "d");
    }

    // Pauses ----------------------------------------------------------------------------------

    @Test
    void pausesTheCustomerThatIsThrottled() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, MINUTE);

        Waiting waiting = waiting("a").enter(gate);
        time.pass(MINUTE.minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(waiting.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void pausesACustomerHoweverItsIdIsWritten() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, MINUTE);

        waiting("a").of(CUSTOMER.toUpperCase(Locale.ROOT)).enter(gate);

        assertThat(granted).isEmpty();
    }

    @Test
    void takesTwoSpellingsOfOneCustomerForOne() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, MINUTE);
        gate.pause(CUSTOMER.toUpperCase(Locale.ROOT), MINUTE);

        waiting("other").of(OTHER_CUSTOMER).enter(gate);

        assertThat(granted).containsExactly("other");
    }

    @Test
    void letsOtherCustomersGoMeanwhile() {
        CallGate gate = gate(1);
        gate.pause(CUSTOMER, MINUTE);

        waiting("paused").enter(gate);
        waiting("other").of(OTHER_CUSTOMER).enter(gate);

        assertThat(granted).containsExactly("other");
    }

    @Test
    void keepsBackThoseWhoWereInLineWhenTheirCustomerIsThrottled() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").of(OTHER_CUSTOMER).enter(gate);
        waiting("paused").enter(gate);
        waiting("other").of(OTHER_CUSTOMER).enter(gate);

        gate.pause(CUSTOMER, MINUTE);
        gate.leave(occupant.turn());

        assertThat(granted).containsExactly("occupant", "other");
    }

    @Test
    void keepsTheLongerOfTwoPauses() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, MINUTE);
        gate.pause(CUSTOMER, SECOND);

        waiting("a").enter(gate);
        time.pass(SECOND);

        assertThat(granted).isEmpty();
    }

    @Test
    void resumesInTheOrderOfArrival() {
        CallGate gate = gate(100);
        List<String> names = Stream.iterate(10, n -> n + 1).limit(50).map(n -> "n" + n).toList();
        gate.pause(CUSTOMER, MINUTE);
        enter(gate, names.toArray(String[]::new));

        time.pass(MINUTE);

        assertThat(granted).containsExactlyElementsOf(names);
    }

    @Test
    void pausesEveryoneWhenASecondCustomerIsThrottled() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, MINUTE);
        gate.pause(OTHER_CUSTOMER, SECOND);

        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(gate);
        assertThat(third.verdicts()).isEmpty();
        time.pass(SECOND);

        assertThat(third.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void pausesEveryoneForFiveMinutesAtMost() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, Duration.ofHours(1));
        gate.pause(OTHER_CUSTOMER, Duration.ofHours(1));
        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(gate);

        time.pass(Duration.ofMinutes(5).minus(MOMENT));
        assertThat(third.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(granted).containsExactly("third");
    }

    @Test
    void pausesNobodyElseWhenTheFirstPauseIsOver() {
        CallGate gate = gate(10);
        gate.pause(CUSTOMER, SECOND);
        time.pass(SECOND);
        gate.pause(OTHER_CUSTOMER, MINUTE);

        waiting("a").enter(gate);

        assertThat(granted).containsExactly("a");
    }

    // Deadlines -------------------------------------------------------------------------------

    @Test
    void expiresATurnAtItsDeadline() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);
        Waiting waiting = waiting("a").until(time.in(MINUTE)).enter(gate);

        time.pass(MINUTE.minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(waiting.verdicts()).containsExactly(Verdict.EXPIRED);
    }

    @Test
    void passesOverATurnThatHasExpired() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        waiting("expired").until(time.in(SECOND)).enter(gate);
        waiting("next").enter(gate);
        time.pass(SECOND);

        gate.leave(occupant.turn());

        assertThat(granted).containsExactly("occupant", "next");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("obstaclesBeyondTheDeadline")
    void expiresATurnAtOnceWhoseNextPermittedMomentLiesBeyondItsDeadline(
            String name, Obstacle obstacle) {
        CallGate gate = gate(10, 2);
        Waiting waiting = waiting("a").until(time.in(SECOND));

        obstacle.arise(gate, waiting, time);
        waiting.enter(gate);

        assertThat(waiting.verdicts()).containsExactly(Verdict.EXPIRED);
    }

    private interface Obstacle {
        void arise(CallGate gate, Waiting waiting, HandTime time);
    }

    static Stream<Arguments> obstaclesBeyondTheDeadline() {
        Duration tooLong = SECOND.plus(MOMENT);
        return Stream.of(
                obstacle("it has passed", (gate, waiting, time) -> time.pass(tooLong)),
                obstacle(
                        "the back-off of the lookup",
                        (gate, waiting, time) -> waiting.notBefore(time.in(tooLong))),
                obstacle(
                        "a pause of the customer",
                        (gate, waiting, time) -> gate.pause(CUSTOMER, tooLong)),
                obstacle(
                        "a pause of everyone",
                        (gate, waiting, time) -> {
                            gate.pause(OTHER_CUSTOMER, tooLong);
                            gate.pause("another", tooLong);
                        }),
                obstacle(
                        "a budget that is spent",
                        (gate, waiting, time) -> {
                            new Waiting("x", new ArrayList<>()).enter(gate);
                            new Waiting("y", new ArrayList<>()).enter(gate);
                        }));
    }

    private static Arguments obstacle(String name, Obstacle obstacle) {
        return arguments(name, obstacle);
    }

    @Test
    void expiresAWaitingTurnAtOnceWhenAPauseBeginsThatOutlastsItsDeadline() {
        CallGate gate = gate(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(gate);
        Waiting inLine = waiting("in line").until(time.in(SECOND)).enter(gate);
        Waiting backingOff =
                waiting("backing off")
                        .notBefore(time.in(MOMENT))
                        .until(time.in(SECOND))
                        .enter(gate);

        gate.pause(CUSTOMER, MINUTE);

        assertThat(List.of(inLine.verdicts(), backingOff.verdicts()))
                .containsOnly(List.of(Verdict.EXPIRED));
    }

    @Test
    void grantsATurnThatIsReadyAtItsDeadline() {
        CallGate gate = gate(1);
        Instant moment = time.in(SECOND);
        gate.pause(CUSTOMER, SECOND);

        Waiting waiting = waiting("a").until(moment).enter(gate);

        assertThat(waiting.verdicts()).isEmpty();
    }

    @Test
    void waitsForADeadlineBeyondWhatATimerCanCount() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);

        Waiting waiting = waiting("a").until(Instant.parse("9999-12-31T23:59:59Z")).enter(gate);

        assertThat(waiting.verdicts()).isEmpty();
    }

    // Patience --------------------------------------------------------------------------------

    @Test
    void refusesARestRequestAfterASecondWithoutAFreeSlot() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);
        Waiting waiting = waiting("a").overRest().enter(gate);

        time.pass(SECOND.minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(waiting.verdicts()).containsExactly(Verdict.OVERLOADED);
    }

    @Test
    void letsAKafkaRequestWaitForASlot() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);
        Waiting waiting = waiting("a").enter(gate);

        time.pass(Duration.ofDays(1));

        assertThat(waiting.verdicts()).isEmpty();
    }

    @Test
    void countsThePatienceFromTheEndOfAPause() {
        CallGate gate = gate(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(gate);
        gate.pause(CUSTOMER, MINUTE);
        Waiting waiting = waiting("a").overRest().enter(gate);

        time.pass(MINUTE.plus(SECOND).minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT);

        assertThat(waiting.verdicts()).containsExactly(Verdict.OVERLOADED);
    }

    @Test
    void doesNotCallItselfOverloadedWhileThePauseOfACustomerLasts() {
        CallGate gate = gate(1);
        waiting("occupant").of(OTHER_CUSTOMER).enter(gate);
        Waiting waiting = waiting("a").overRest().enter(gate);
        gate.pause(CUSTOMER, MINUTE);

        time.pass(MINUTE);

        assertThat(waiting.verdicts()).isEmpty();
    }

    @Test
    void doesNotCallItselfOverloadedWhileTheBudgetIsSpent() {
        CallGate gate = gate(10, 2);
        enter(gate, "x", "y");
        Waiting waiting = waiting("a").overRest().enter(gate);

        time.pass(MINUTE.minus(MOMENT));
        assertThat(waiting.verdicts()).isEmpty();
        time.pass(MOMENT.multipliedBy(2));

        assertThat(waiting.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void countsThePatienceFromTheMomentAtWhichTheLastSlotIsTaken() {
        CallGate gate = gate(2, 2);
        enter(gate, "x");
        time.pass(SECOND);
        Waiting y = waiting("y").enter(gate);
        gate.leave(y.turn());
        Waiting a = waiting("a").overRest().enter(gate);
        Waiting b = waiting("b").overRest().enter(gate);
        time.pass(Duration.ofSeconds(59).plus(MOMENT));
        assertThat(a.verdicts()).containsExactly(Verdict.GRANTED);

        time.pass(SECOND.minus(MOMENT.multipliedBy(2)));
        assertThat(b.verdicts()).isEmpty();
        time.pass(MOMENT.multipliedBy(2));

        assertThat(b.verdicts()).containsExactly(Verdict.OVERLOADED);
    }

    // The end ---------------------------------------------------------------------------------

    @Test
    void dropsWhoeverWaitsWhenItCloses() {
        CallGate gate = gate(1);
        waiting("occupant").enter(gate);
        Waiting inLine = waiting("in line").enter(gate);
        Waiting backingOff = waiting("backing off").notBefore(time.in(SECOND)).enter(gate);

        gate.close();

        assertThat(List.of(inLine.verdicts(), backingOff.verdicts()))
                .containsOnly(List.of(Verdict.DROPPED));
    }

    @Test
    void dropsWhoeverComesAfterItHasClosed() {
        CallGate gate = gate(1);
        gate.close();

        Waiting late = waiting("late").enter(gate);

        assertThat(late.verdicts()).containsExactly(Verdict.DROPPED);
    }

    @Test
    void leavesCallsUnderWayAloneWhenItCloses() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        enter(gate, "a");

        gate.close();
        gate.leave(occupant.turn());

        assertThat(occupant.verdicts()).containsExactly(Verdict.GRANTED);
        assertThat(granted).containsExactly("occupant");
    }

    @Test
    void leavesNoAlarmBehindForATurnThatIsDecided() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting waiting = waiting("a").overRest().until(time.in(MINUTE)).enter(gate);

        gate.leave(occupant.turn());
        gate.leave(waiting.turn());

        assertThat(time.scheduled()).isZero();
    }

    @Test
    void makesOneCallForLookupsOfOneOrderThatWait() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting a = waiting("a").forOrder("order").enter(gate);
        Waiting b = waiting("b").forOrder("order").enter(gate);
        gate.leave(occupant.turn());

        a.turn().result = RESULT;
        gate.leave(a.turn());

        assertThat(granted).containsExactly("occupant", "a");
        assertThat(b.verdicts()).containsExactly(Verdict.SHARED);
        assertThat(b.turn().result).isSameAs(RESULT);
    }

    @Test
    void joinsNoCallThatHasLeft() {
        CallGate gate = gate(2);
        Waiting a = waiting("a").forOrder("order").enter(gate);
        Waiting b = waiting("b").forOrder("order").enter(gate);

        a.turn().result = RESULT;
        gate.leave(a.turn());

        assertThat(b.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void letsALookupOverRestTakeTheLead() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        waiting("other").enter(gate);
        Waiting kafka = waiting("kafka").forOrder("order").enter(gate);
        Waiting rest = waiting("rest").forOrder("order").overRest().enter(gate);
        gate.leave(occupant.turn());

        rest.turn().result = RESULT;
        gate.leave(rest.turn());

        assertThat(granted).containsExactly("occupant", "rest", "other");
        assertThat(kafka.verdicts()).containsExactly(Verdict.SHARED);
    }

    @Test
    void leavesTheOthersInLineWhenTheFirstGivesUp() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting a = waiting("a").forOrder("order").until(time.in(SECOND)).enter(gate);
        Waiting b = waiting("b").forOrder("order").enter(gate);
        time.pass(SECOND.multipliedBy(2));

        gate.leave(occupant.turn());

        assertThat(a.verdicts()).containsExactly(Verdict.EXPIRED);
        assertThat(b.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void letsTheOthersCallThemselvesWhenACallHasNoResult() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting a = waiting("a").forOrder("order").enter(gate);
        Waiting b = waiting("b").forOrder("order").enter(gate);
        gate.leave(occupant.turn());

        gate.leave(a.turn());

        assertThat(b.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void letsThoseWhoShareACallUnderWayHaveItsResultThoughTheGateCloses() {
        CallGate gate = gate(1);
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting a = waiting("a").forOrder("order").enter(gate);
        Waiting b = waiting("b").forOrder("order").enter(gate);
        gate.leave(occupant.turn());
        gate.close();

        a.turn().result = RESULT;
        gate.leave(a.turn());

        assertThat(b.verdicts()).containsExactly(Verdict.SHARED);
    }

    private CallGate gate(int slots) {
        return gate(slots, 0);
    }

    @Test
    void letsOneCallLeaveAloneUntilItHasItsTokenWhenThereIsABudget() {
        CallGate gate = unsignedGate(8, 60_000);

        enter(gate, "a", "b", "c");
        assertThat(granted).containsExactly("a");

        gate.signedIn();
        time.pass(SECOND);
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void triesTheNextAloneWhenTheFirstGotNoToken() {
        CallGate gate = unsignedGate(8, 60_000);
        Waiting a = waiting("a").enter(gate);
        enter(gate, "b", "c");

        gate.leave(a.turn());
        time.pass(SECOND);

        assertThat(granted).containsExactly("a", "b");
    }

    private CallGate gate(int slots, int requestsPerMinute) {
        CallGate gate = unsignedGate(slots, requestsPerMinute);
        gate.signedIn();
        return gate;
    }

    private CallGate unsignedGate(int slots, int requestsPerMinute) {
        return Gates.gate(slots, requestsPerMinute, time);
    }

    private Waiting waiting(String name) {
        return new Waiting(name, granted);
    }

    private void enter(CallGate gate, String... names) {
        for (String name : names) {
            waiting(name).enter(gate);
        }
    }
}
