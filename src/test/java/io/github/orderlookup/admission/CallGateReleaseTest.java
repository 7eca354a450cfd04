package io.github.orderlookup.admission;

import static io.github.orderlookup.admission.Waiting.CUSTOMER;
import static io.github.orderlookup.admission.Waiting.OTHER_CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.Turn.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves the queue without a call, and that nothing is lost on the way out. */
class CallGateReleaseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CallResult RESULT = new CallResult("id", new byte[0], null);

    private final HandTime time = new HandTime();
    private final List<String> granted = new ArrayList<>();
    private final CallGate gate = Gates.gate(1, 0, time);

    @Test
    void takesACancelledTurnOutOfTheQueueWithoutACall() {
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting gone = waiting("gone").overRest().until(time.in(SECOND)).enter(gate);

        gate.cancel(gone.turn());
        gate.leave(occupant.turn());

        assertThat(gone.verdicts()).containsExactly(Verdict.CANCELLED);
        assertThat(granted).containsExactly("occupant");
        assertThat(gate.figures().waiting()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void makesTheCallForThoseWhoShareItThoughTheFirstIsCancelled() {
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting gone = waiting("gone").forOrder("order").enter(gate);
        Waiting other = waiting("other").forOrder("order").enter(gate);

        gate.cancel(gone.turn());
        gate.leave(occupant.turn());

        assertThat(other.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void letsATurnThatSharesACallUnderWayLeaveAtOnce() {
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting leader = waiting("leader").forOrder("order").enter(gate);
        Waiting gone = waiting("gone").forOrder("order").enter(gate);
        gate.leave(occupant.turn());

        gate.cancel(gone.turn());
        leader.turn().result = RESULT;
        gate.leave(leader.turn());

        assertThat(gone.verdicts()).containsExactly(Verdict.CANCELLED);
        assertThat(gate.figures().inFlight()).isZero();
    }

    @Test
    void leavesACallUnderWayAlone() {
        Waiting underWay = waiting("under way").enter(gate);

        gate.cancel(underWay.turn());
        assertThat(gate.figures().inFlight()).isOne();
        gate.leave(underWay.turn());

        assertThat(underWay.verdicts()).containsExactly(Verdict.GRANTED);
        assertThat(gate.figures().inFlight()).isZero();
    }

    @Test
    void takesBackWhateverATurnHoldsWithoutAVerdict() {
        Waiting occupant = waiting("occupant").enter(gate);
        Waiting inLine = waiting("in line").until(time.in(SECOND)).enter(gate);

        gate.release(inLine.turn());
        gate.release(occupant.turn());
        gate.release(occupant.turn());
        waiting("next").enter(gate);
        waiting("after that").enter(gate);

        assertThat(inLine.verdicts()).isEmpty();
        assertThat(granted).containsExactly("occupant", "next");
    }

    @Test
    void losesNoSlotToAnExecutorThatRejectsTheCall() {
        Deque<Throwable> failures =
                new ArrayDeque<>(
                        List.of(
                                new RejectedExecutionException("full"),
                                new OutOfMemoryError("unable to create native thread")));
        CallGate rejected =
                Gates.gate(
                        1,
                        0,
                        Gates.shares(1),
                        time,
                        work -> {
                            Waiting.throwIfAny(failures.poll());
                            work.run();
                        });

        Waiting first = waiting("first").enter(rejected);
        Waiting second = waiting("second").enter(rejected);
        Waiting third = waiting("third").enter(rejected);

        assertThat(first.verdicts()).containsExactly(Verdict.FAILED);
        assertThat(first.turn().error).isInstanceOf(RejectedExecutionException.class);
        assertThat(second.verdicts()).containsExactly(Verdict.FAILED);
        assertThat(second.turn().error).isInstanceOf(OutOfMemoryError.class);
        assertThat(third.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void deliversARefusalOnTheThreadAtHandWhenThereIsNoOther() {
        CallGate rejecting =
                Gates.gate(
                        1,
                        0,
                        Gates.shares(1),
                        time,
                        work -> {
                            throw new RejectedExecutionException("shut down");
                        });
        rejecting.close();

        Waiting late = waiting("late").enter(rejecting);

        assertThat(late.verdicts()).containsExactly(Verdict.DROPPED);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void losesNoSlotToAListenerThatThrows(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getDeclaredConstructor().newInstance();
        waiting("broken").throwing(thrown).enter(gate);

        waiting("next").enter(gate);

        assertThat(granted).containsExactly("broken", "next");
    }

    @Test
    void deliversTheOtherDecisionsThoughAListenerThrows() {
        Waiting occupant = waiting("occupant").enter(gate);
        waiting("broken").throwing(new IllegalStateException()).enter(gate);
        Waiting other = waiting("other").enter(gate);

        gate.close();
        gate.leave(occupant.turn());

        assertThat(other.verdicts()).containsExactly(Verdict.DROPPED);
    }

    // Pauses ----------------------------------------------------------------------------------

    @Test
    void endsALookupAtOnceWhoseCustomerIsPausedForLongerThanALookupMayTake() {
        gate.pause(CUSTOMER, Gates.LONGEST_PAUSE.plusMillis(1));

        Waiting kafka = waiting("kafka").enter(gate);
        Waiting rest = waiting("rest").overRest().enter(gate);
        waiting("other").of(OTHER_CUSTOMER).enter(gate);

        assertThat(kafka.verdicts()).containsExactly(Verdict.PAUSED);
        assertThat(rest.verdicts()).containsExactly(Verdict.PAUSED);
        assertThat(granted).containsExactly("other");
    }

    @Test
    void endsThoseWhoWaitWhenSuchAPauseBegins() {
        waiting("occupant").of(OTHER_CUSTOMER).enter(gate);
        List<Waiting> all =
                IntStream.range(0, 5_000).mapToObj(n -> waiting("n" + n).enter(gate)).toList();

        gate.pause(CUSTOMER, Duration.ofHours(1));

        assertThat(all)
                .allSatisfy(each -> assertThat(each.verdicts()).containsExactly(Verdict.PAUSED));
        assertThat(gate.figures().waiting()).isZero();
    }

    @Test
    void endsALookupThatOnePauseAfterTheOtherKeepsForTooLong() {
        gate.pause(CUSTOMER, Duration.ofSeconds(100));
        Waiting waiting = waiting("a").enter(gate);

        time.pass(Duration.ofSeconds(99));
        assertThat(waiting.verdicts()).isEmpty();
        gate.pause(CUSTOMER, Duration.ofSeconds(100));

        assertThat(waiting.verdicts()).containsExactly(Verdict.PAUSED);
    }

    @Test
    void waitsForTheEndOfAPauseOfEveryone() {
        gate.pause(CUSTOMER, Duration.ofHours(1));
        gate.pause(OTHER_CUSTOMER, Duration.ofHours(1));

        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(gate);
        assertThat(third.verdicts()).isEmpty();
        time.pass(Duration.ofMinutes(5));

        assertThat(third.verdicts()).containsExactly(Verdict.GRANTED);
    }

    // Shares ----------------------------------------------------------------------------------

    @Test
    void leavesEveryFourthPermitToKafka() {
        CallGate budgeted = Gates.gate(100, 61, time);
        budgeted.signedIn();
        IntStream.range(0, 50).forEach(n -> waiting("rest").overRest().enter(budgeted));
        IntStream.range(0, 50).forEach(n -> waiting("kafka").enter(budgeted));

        time.pass(Duration.ofSeconds(39));

        assertThat(granted).hasSizeGreaterThanOrEqualTo(40);
        assertThat(granted.stream().filter("kafka"::equals).count())
                .isBetween(granted.size() / 4L - 1, granted.size() / 4L + 1);
    }

    @Test
    void keepsAnEighthOfTheSlotsForASourceThatAsksForThem() {
        CallGate wide = Gates.gate(16, 0, time);
        List<Waiting> kafka =
                IntStream.range(0, 30).mapToObj(n -> waiting("kafka").enter(wide)).toList();
        assertThat(granted).hasSize(16);
        waiting("rest").overRest().enter(wide);
        time.pass(SECOND);

        kafka.subList(0, 4).forEach(each -> wide.leave(each.turn()));
        assertThat(wide.figures().inFlight()).isEqualTo(14);
        waiting("rest again").overRest().enter(wide);
        waiting("and again").overRest().enter(wide);

        assertThat(granted).contains("rest again", "and again");
        assertThat(wide.figures().inFlight()).isEqualTo(16);
    }

    private Waiting waiting(String name) {
        return new Waiting(name, granted);
    }
}
