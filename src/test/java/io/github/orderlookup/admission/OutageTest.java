package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which lookups wait during an outage, which do not, and how calls resume. */
class OutageTest {

    private static final Failure DOWN = FailureClassifier.classify(NetworkFailure.NETWORK);
    private static final Failure REFUSED =
            FailureClassifier.signIn(true, "The client secret has expired.", null);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final List<String> granted = new ArrayList<>();
    private final CallLimiter limiter = Limiters.limiter(8, 0, time);

    @Test
    void letsKafkaWaitAndAnswersTheOthersAtOnce() {
        openBreaker();

        Waiting kafka = waiting("kafka").enter(limiter);
        Waiting rest = waiting("rest").overRest().enter(limiter);

        assertThat(kafka.decisions()).isEmpty();
        assertThat(rest.decisions()).containsExactly(Decision.OUTAGE);
        assertThat(Objects.requireNonNull(rest.permit().outage()).type())
                .isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(limiter.outage()).get().asString().contains("Partner Center is down");
    }

    @Test
    void answersThoseWhoHaveWaitedAlready() {
        Waiting rest = waiting("rest").overRest().notBefore(time.in(Duration.ofMinutes(1)));
        rest.enter(limiter);

        openBreaker();

        assertThat(rest.decisions()).containsExactly(Decision.OUTAGE);
    }

    @Test
    void probesWithOneOfThoseWhoWaitEveryFiveSeconds() {
        openBreaker();
        List<Waiting> all =
                IntStream.range(0, 3).mapToObj(n -> waiting("a" + n).enter(limiter)).toList();

        time.advance(PROBE_INTERVAL.minusMillis(1));
        assertThat(granted).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(granted).containsExactly("a0");
        over(all.get(0), DOWN);
        time.advance(PROBE_INTERVAL);
        assertThat(granted).containsExactly("a0", "a1");
        time.advance(PROBE_INTERVAL);

        assertThat(granted).containsExactly("a0", "a1", "a2");
        assertThat(all.get(2).permit().hasOutlastedOutage()).isTrue();
    }

    @Test
    void probesRatherWithOneThatWasNeverCalled() {
        openBreaker();
        waiting("called").again().enter(limiter);
        assertThat(limiter.takesOneMore()).isTrue();
        waiting("fresh").enter(limiter);
        assertThat(limiter.takesOneMore()).isFalse();

        time.advance(PROBE_INTERVAL);

        assertThat(granted).containsExactly("fresh");
    }

    @Test
    void probesWithTheNextRestRequestWhenNobodyWaits() {
        openBreaker();
        time.advance(PROBE_INTERVAL);

        Waiting first = waiting("first").overRest().enter(limiter);
        Waiting second = waiting("second").overRest().enter(limiter);
        over(first, null);
        Waiting third = waiting("third").overRest().enter(limiter);

        assertThat(first.decisions()).containsExactly(Decision.GRANTED);
        assertThat(second.decisions()).containsExactly(Decision.OUTAGE);
        assertThat(third.decisions()).containsExactly(Decision.GRANTED);
        assertThat(limiter.outage()).isEmpty();
    }

    @Test
    void climbsOnceAProbeIsAnswered() {
        openBreaker();
        List<Waiting> all =
                new ArrayList<>(
                        IntStream.range(0, 40)
                                .mapToObj(n -> waiting("a" + n).enter(limiter))
                                .toList());
        time.advance(PROBE_INTERVAL);
        List<Integer> underWay = new ArrayList<>();

        for (int second = 0; second < 10; second++) {
            List<Waiting> calls =
                    all.stream().filter(one -> one.decisions().contains(Decision.GRANTED)).toList();
            underWay.add(calls.size());
            all.removeAll(calls);
            calls.forEach(call -> over(call, null));
            time.advance(SECOND);
        }

        assertThat(underWay).containsExactly(1, 1, 2, 4, 8, 8, 8, 8, 0, 0);
    }

    @Test
    void tellsThoseWhoOutlastedAnOutageFromTheOthers() {
        Waiting early = waiting("early").notBefore(time.in(Duration.ofSeconds(20))).enter(limiter);
        openBreaker();
        Waiting probe = waiting("probe").enter(limiter);
        time.advance(PROBE_INTERVAL);
        over(probe, null);
        Waiting later = waiting("later").enter(limiter);
        over(later, null);
        time.advance(Duration.ofSeconds(20));

        assertThat(early.decisions()).containsExactly(Decision.GRANTED);
        assertThat(early.permit().hasOutlastedOutage()).isTrue();
        assertThat(later.permit().hasOutlastedOutage()).isFalse();
    }

    @Test
    void endsAWaitAtTheDeadlineOfTheLookup() {
        openBreaker();
        waiting("probe").enter(limiter);
        Waiting impatient = waiting("a").until(time.in(Duration.ofSeconds(3))).enter(limiter);

        time.advance(Duration.ofSeconds(3));

        assertThat(impatient.decisions()).containsExactly(Decision.EXPIRED);
    }

    @Test
    void grantsNothingWhileNobodyCanSignIn() {
        limiter.suspend(null);
        Waiting kafka = waiting("kafka").enter(limiter);
        Waiting rest = waiting("rest").overRest().enter(limiter);
        time.advance(Duration.ofMinutes(1));
        assertThat(granted).isEmpty();
        assertThat(limiter.outage()).isEmpty();

        limiter.suspend(REFUSED);
        assertThat(rest.decisions()).containsExactly(Decision.OUTAGE);
        assertThat(limiter.outage()).contains(REFUSED.detail());
        assertThat(limiter.takesOneMore()).isFalse();
        limiter.resume();

        assertThat(kafka.decisions()).containsExactly(Decision.GRANTED);
        assertThat(limiter.outage()).isEmpty();
    }

    @Test
    void dropsThoseWhoWaitForTheEndOfAnOutageWhenItCloses() {
        openBreaker();
        Waiting kafka = waiting("kafka").enter(limiter);

        limiter.close();

        assertThat(kafka.decisions()).containsExactly(Decision.DROPPED);
    }

    private void openBreaker() {
        for (int n = 0; limiter.outage().isEmpty() && n < 30; n++) {
            time.advance(Duration.ofMillis(100));
            over(waiting("failing-" + n).enter(limiter), DOWN);
        }
        granted.clear();
    }

    private void over(Waiting call, @Nullable Failure failure) {
        limiter.release(call.permit(), new CallPermit.Result("id", new byte[0], failure));
    }

    private Waiting waiting(String name) {
        return new Waiting(name, granted);
    }
}
