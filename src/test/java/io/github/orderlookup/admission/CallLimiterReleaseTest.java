package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.OTHER_CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.time.ManualTime;
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
    private static final CallPermit.Result RESULT = new CallPermit.Result("id", new byte[0], null);

    private final ManualTime time = new ManualTime();
    private final List<String> granted = new ArrayList<>();
    private final CallLimiter limiter = Limiters.limiter(1, 0, time);

    @Test
    void takesACancelledPermitOutOfTheQueueWithoutACall() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting gone = waiting("gone").overRest().until(time.in(SECOND)).enter(limiter);

        limiter.cancel(gone.permit());
        limiter.release(occupant.permit(), null);

        assertThat(gone.decisions()).containsExactly(Decision.CANCELLED);
        assertThat(granted).containsExactly("occupant");
        assertThat(limiter.stats().waiting()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void makesTheCallForThoseWhoShareItThoughTheFirstIsCancelled() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting gone = waiting("gone").forOrder("order").enter(limiter);
        Waiting other = waiting("other").forOrder("order").enter(limiter);

        limiter.cancel(gone.permit());
        limiter.release(occupant.permit(), null);

        assertThat(other.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void releasesAtOnceAPermitThatSharesACallUnderWay() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting leader = waiting("leader").forOrder("order").enter(limiter);
        Waiting gone = waiting("gone").forOrder("order").enter(limiter);
        limiter.release(occupant.permit(), null);

        limiter.cancel(gone.permit());
        limiter.release(leader.permit(), RESULT);

        assertThat(gone.decisions()).containsExactly(Decision.CANCELLED);
        assertThat(limiter.stats().inFlight()).isZero();
    }

    @Test
    void leavesACallUnderWayAlone() {
        Waiting underWay = waiting("under way").enter(limiter);

        limiter.cancel(underWay.permit());
        assertThat(limiter.stats().inFlight()).isOne();
        limiter.release(underWay.permit(), null);

        assertThat(underWay.decisions()).containsExactly(Decision.GRANTED);
        assertThat(limiter.stats().inFlight()).isZero();
    }

    @Test
    void takesBackWhatAPermitHoldsWithoutADecision() {
        Waiting occupant = waiting("occupant").enter(limiter);
        Waiting inLine = waiting("in line").until(time.in(SECOND)).enter(limiter);

        limiter.release(inLine.permit(), null);
        limiter.release(occupant.permit(), null);
        limiter.release(occupant.permit(), null);
        waiting("next").enter(limiter);
        waiting("after that").enter(limiter);

        assertThat(inLine.decisions()).isEmpty();
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
                Limiters.limiter(
                        1,
                        0,
                        Limiters.shares(1),
                        time,
                        work -> {
                            Waiting.throwIfAny(failures.poll());
                            work.run();
                        });

        Waiting first = waiting("first").enter(rejected);
        Waiting second = waiting("second").enter(rejected);
        Waiting third = waiting("third").enter(rejected);

        assertThat(first.decisions()).containsExactly(Decision.FAILED);
        assertThat(first.permit().error()).isInstanceOf(RejectedExecutionException.class);
        assertThat(second.decisions()).containsExactly(Decision.FAILED);
        assertThat(second.permit().error()).isInstanceOf(OutOfMemoryError.class);
        assertThat(third.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void deliversARefusalOnTheThreadAtHandWhenThereIsNoOther() {
        CallLimiter rejecting =
                Limiters.limiter(
                        1,
                        0,
                        Limiters.shares(1),
                        time,
                        work -> {
                            throw new RejectedExecutionException("shut down");
                        });
        rejecting.close();

        Waiting late = waiting("late").enter(rejecting);

        assertThat(late.decisions()).containsExactly(Decision.DROPPED);
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
        limiter.release(occupant.permit(), null);

        assertThat(other.decisions()).containsExactly(Decision.DROPPED);
    }

    // Pauses ----------------------------------------------------------------------------------

    @Test
    void endsALookupAtOnceWhoseCustomerIsPausedForLongerThanALookupMayTake() {
        limiter.pause(CUSTOMER, Limiters.LONGEST_PAUSE.plusMillis(1));

        Waiting kafka = waiting("kafka").enter(limiter);
        Waiting rest = waiting("rest").overRest().enter(limiter);
        waiting("other").of(OTHER_CUSTOMER).enter(limiter);

        assertThat(kafka.decisions()).containsExactly(Decision.PAUSED);
        assertThat(rest.decisions()).containsExactly(Decision.PAUSED);
        assertThat(granted).containsExactly("other");
    }

    @Test
    void endsThoseWhoWaitWhenSuchAPauseBegins() {
        waiting("occupant").of(OTHER_CUSTOMER).enter(limiter);
        List<Waiting> all =
                IntStream.range(0, 5_000).mapToObj(n -> waiting("n" + n).enter(limiter)).toList();

        limiter.pause(CUSTOMER, Duration.ofHours(1));

        assertThat(all)
                .allSatisfy(each -> assertThat(each.decisions()).containsExactly(Decision.PAUSED));
        assertThat(limiter.stats().waiting()).isZero();
    }

    @Test
    void endsALookupThatOnePauseAfterTheOtherKeepsForTooLong() {
        limiter.pause(CUSTOMER, Duration.ofSeconds(100));
        Waiting waiting = waiting("a").enter(limiter);

        time.advance(Duration.ofSeconds(99));
        assertThat(waiting.decisions()).isEmpty();
        limiter.pause(CUSTOMER, Duration.ofSeconds(100));

        assertThat(waiting.decisions()).containsExactly(Decision.PAUSED);
    }

    @Test
    void waitsForTheEndOfAPauseOfEveryone() {
        limiter.pause(CUSTOMER, Duration.ofHours(1));
        limiter.pause(OTHER_CUSTOMER, Duration.ofHours(1));

        Waiting third = waiting("third").of("5b1a9c3e-2f64-4b0d-9d0e-7a4c2b8f6e11").enter(limiter);
        assertThat(third.decisions()).isEmpty();
        time.advance(Duration.ofMinutes(5));

        assertThat(third.decisions()).containsExactly(Decision.GRANTED);
    }

    // Shares ----------------------------------------------------------------------------------

    @Test
    void leavesEveryFourthPermitToKafka() {
        CallLimiter budgeted = Limiters.limiter(100, 61, time);
        budgeted.signedIn();
        IntStream.range(0, 50).forEach(n -> waiting("rest").overRest().enter(budgeted));
        IntStream.range(0, 50).forEach(n -> waiting("kafka").enter(budgeted));

        time.advance(Duration.ofSeconds(39));

        assertThat(granted).hasSizeGreaterThanOrEqualTo(40);
        assertThat(granted.stream().filter("kafka"::equals).count())
                .isBetween(granted.size() / 4L - 1, granted.size() / 4L + 1);
    }

    @Test
    void keepsAnEighthOfTheSlotsForASourceThatAsksForThem() {
        CallLimiter wide = Limiters.limiter(16, 0, time);
        List<Waiting> kafka =
                IntStream.range(0, 30).mapToObj(n -> waiting("kafka").enter(wide)).toList();
        assertThat(granted).hasSize(16);
        waiting("rest").overRest().enter(wide);
        time.advance(SECOND);

        kafka.subList(0, 4).forEach(each -> wide.release(each.permit(), null));
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
