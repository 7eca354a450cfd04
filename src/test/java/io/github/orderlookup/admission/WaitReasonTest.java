package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each lookup that waits for a permit has a reason to wait. */
class WaitReasonTest {

    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private static final Failure DOWN =
            new Failure(ProblemType.UPSTREAM_UNAVAILABLE, "down", true, false, false, null, null);

    private final ManualTime time = new ManualTime();

    @Test
    void isThePermitWhileOtherCallsBeginAndEnd() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);
        List<Waiting> others =
                Stream.of("a", "b", "c", "d").map(name -> waiting(name).enter(limiter)).toList();
        Waiting last = waiting("last").enter(limiter);

        for (Waiting other : others) {
            time.advance(STANDSTILL.minusSeconds(1));
            assertThat(limiter.waitReason(last.permit())).hasValue("a permit to call");
            limiter.release(other.permit(), null);
        }

        assertThat(last.decisions()).containsExactly(Decision.GRANTED);
    }

    @Test
    void isThePermitWhileTheRateAllowsOneCallAMinute() {
        CallLimiter limiter = Limiters.limiter(10, 1, time);
        limiter.signedIn();
        for (int i = 0; i < 5; i++) {
            waiting("a" + i).enter(limiter);
        }
        Waiting last = waiting("last").enter(limiter);

        for (int second = 0; second < 270; second++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(limiter.waitReason(last.permit())).isPresent();
        }
    }

    @Test
    void isNoneWhenNoSlotIsGivenBackForMinutes() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);
        waiting("never given back").enter(limiter);
        Waiting held = waiting("a").enter(limiter);
        assertThat(limiter.waitReason(held.permit())).isPresent();

        time.advance(STANDSTILL);

        assertThat(limiter.waitReason(held.permit())).isEmpty();
    }

    @Test
    void isThePauseOfTheCustomerForAsLongAsItLasts() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);
        limiter.pause(CUSTOMER, Limiters.LONGEST_PAUSE);
        Waiting paused = waiting("a").enter(limiter);

        time.advance(Limiters.LONGEST_PAUSE.minusSeconds(1));

        assertThat(limiter.waitReason(paused.permit()))
                .hasValueSatisfying(words -> assertThat(words).contains("pause"));
    }

    @Test
    void isTheBackOffOfTheLookup() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);
        Waiting retried =
                waiting("a").notBefore(time.now().plus(STANDSTILL.multipliedBy(2))).enter(limiter);

        time.advance(STANDSTILL.plusSeconds(1));

        assertThat(limiter.waitReason(retried.permit())).hasValue("its next attempt");
    }

    @Test
    void isTheOutage() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);
        limiter.suspend(DOWN);
        Waiting waits = waiting("a").enter(limiter);

        time.advance(STANDSTILL.multipliedBy(100));

        assertThat(limiter.waitReason(waits.permit()))
                .hasValueSatisfying(words -> assertThat(words).contains("outage"));
    }

    @Test
    void isNoneDuringTheCall() {
        CallLimiter limiter = Limiters.limiter(1, 0, time);

        Waiting call = waiting("a").enter(limiter);

        assertThat(limiter.waitReason(call.permit())).isEmpty();
    }

    private static Waiting waiting(String name) {
        return new Waiting(name, new ArrayList<>());
    }
}
