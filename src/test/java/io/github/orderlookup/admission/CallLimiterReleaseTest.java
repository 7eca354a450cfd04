package io.github.orderlookup.admission;

import static io.github.orderlookup.admission.Waiting.CUSTOMER;
import static io.github.orderlookup.admission.Waiting.OTHER_CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
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
class CallLimiterReleaseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CallResult RESULT = new CallResult("id", new byte[0], null);

    private final HandTime time = new HandTime();
    private final List<String> granted = new ArrayList<>();
    private final CallLimiter limiter = Gates.gate(1, 0, time);

    @Test
    void takesACancelledTurnOutOfTheQueueWithoutACall() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting gone = waiting("gone").overRest().until(time.in(SECOND)).enter(limiter);

        limiter.cancel(gone.turn());
        limiter.endCall(occupant.turn());

        assertThat(gone.verdicts()).containsExactly(Decision.CANCELLED);
        assertThat(granted).containsExactly("occupant");
        assertThat(limiter.stats().waiting()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void makesTheCallForThoseWhoShareItThoughTheFirstIsCancelled() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting gone = waiting("gone").forOrder("order").enter(limiter);
        Waiting other = waiting("other").forOrder("order").enter(limiter);

        limiter.cancel(gone.turn());
        limiter.endCall(occupant.turn());

        assertThat(other.verdicts()).containsExactly(Decision.GRANTED);
    }

    @Test
    void letsATurnThatSharesACallUnderWayLeaveAtOnce() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting leader = waiting("leader").forOrder("order").enter(limiter);
        Waiting gone = waiting("gone").forOrder("order").enter(limiter);
        limiter.endCall(occupant.turn());

        limiter.cancel(gone.turn());
        leader.turn().result = RESULT;
        limiter.endCall(leader.turn());

        assertThat(gone.verdicts()).containsExactly(Decision.CANCELLED);
        assertThat(limiter.stats().inFlight()).isZero();
    }

    @Test
    void leavesACallUnderWayAlone() {
        Waiting underWay = waiting("under way").enter(limiter);

        limiter.cancel(underWay.turn());
        assertThat(limiter.stats().inFlight()).isOne();
        limiter.endCall(underWay.turn());

        assertThat(underWay.verdicts()).containsExactly(Decision.GRANTED);
        assertThat(limiter.stats().inFlight()).isZero();
    }

    @Test
    void takesBackWhateverATurnHoldsWithoutAVerdict() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting inLine = waiting("in line").until(time.in(SECOND)).enter(limiter);

        limiter.release(inLine.turn());
        limiter.release(occupant.turn());
        limiter.release(occupant.turn());
        waiting("next").enter(limiter);
        waiting("after that").enter(limiter);

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
        CallLimiter rejected =
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

        assertThat(first.verdicts()).containsExactly(Decision.FAILED);
        assertThat(first.turn().error).isInstanceOf(RejectedExecutionException.class);
        assertThat(second.verdicts()).containsExactly(Decision.FAILED);
        assertThat(second.turn().error).isInstanceOf(OutOfMemoryError.class);
        assertThat(third.verdicts()).containsExactly(Decision.GRANTED);
    }

    @Test
    void deliversARefusalOnTheThreadAtHandWhenThereIsNoOther() {
        CallLimiter rejecting =
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

        assertThat(late.verdicts()).containsExactly(Decision.DROPPED);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void losesNoSlotToAListenerThatThrows(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getDeclaredConstructor().newInstance();
        waiting("broken").throwing(thrown).enter(limiter);

        waiting("next").enter(limiter);

        assertThat(granted).containsExactly("broken", "next");
    }

    @Test
    void deliversTheOtherDecisionsThoughAListenerThrows() {
        Waiting occupant = waiting("occupant").enter(limiter);
        waiting("broken").throwing(new IllegalStateException()).enter(limiter);
        Waiting other = waiting("other").enter(limiter);

        limiter.close();
        limiter.endCall(occupant.turn());

        assertThat(other.verdicts()).containsExactly(Decision.DROPPED);
    }

    // Pauses ----------------------------------------------------------------------------------

    @Test
    void endsALookupAtOnceWhoseCustomerIsPausedForLongerThanALookupMayTake() {
        limiter.pause(CUSTOMER, Gates.LONGEST_PAUSE.plusMillis(1));

        Waiting kafka = waiting("kafka").enter(limiter);
        Waiting rest = waiting("rest").overRest().enter(limiter);
        waiting("other").of(OTHER_CUSTOMER).enter(limiter);

        assertThat(kafka.verdicts()).containsExactly(Decision.PAUSED);
        assertThat(rest.verdicts()).containsExactly(Decision.PAUSED);
        assertThat(granted).containsExactly("other");
    }

    @Test
    void endsThoseWhoWaitWhenSuchAPauseBegins() {
        waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        List<Waiting> all =
                IntStream.range(0, 5_000).mapToObj(n -> waiting("n" + n).enter(limiter)).toList();

        limiter.pause(CUSTOMER, Duration.ofHours(1));

        assertThat(all)
                .allSatisfy(each -> assertThat(each.verdicts()).containsExactly(Decision.PAUSED));
        assertThat(limiter.stats().waiting()).isZero();
    }

    @Test
    void endsALookupThatOnePauseAfterTheOtherKeepsForTooLong() {
        limiter.pause(CUSTOMER, Duration.ofSeconds(100));
        Waiting waiting = waiting("a").enter(limiter);

        time.pass(Duration.ofSeconds(99));
        assertThat(waiting.verdicts()).isEmpty();
        limiter.pause(CUSTOMER, Duration.ofSeconds(100));

        assertThat(waiting.verdicts()).containsExactly(Decision.PAUSED);
    }

    @Test
    void waitsForTheEndOfAPauseOfEveryone() {
        limiter.pause(CUSTOMER, Duration.ofHours(1));
        limiter.pause(OTHER_CUSTOMER, Duration.ofHours(1));

        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(limiter);
        assertThat(third.verdicts()).isEmpty();
        time.pass(Duration.ofMinutes(5));

        assertThat(third.verdicts()).containsExactly(Decision.GRANTED);
    }

    // Shares ----------------------------------------------------------------------------------

    @Test
    void leavesEveryFourthPermitToKafka() {
        CallLimiter budgeted = Gates.gate(100, 61, time);
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
        CallLimiter wide = Gates.gate(16, 0, time);
        List<Waiting> kafka =
                IntStream.range(0, 30).mapToObj(n -> waiting("kafka").enter(wide)).toList();
        assertThat(granted).hasSize(16);
        waiting("rest").overRest().enter(wide);
        time.pass(SECOND);

        kafka.subList(0, 4).forEach(each -> wide.endCall(each.turn()));
        assertThat(wide.stats().inFlight()).isEqualTo(14);
        waiting("rest again").overRest().enter(wide);
        waiting("and again").overRest().enter(wide);

        assertThat(granted).contains("rest again", "and again");
        assertThat(wide.stats().inFlight()).isEqualTo(16);
    }

    private Waiting waiting(String name) {
        return new Waiting(name, granted);
    }
}
