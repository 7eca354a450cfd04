package io.github.orderlookup.admission;

import static io.github.orderlookup.admission.Waiting.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A lookup at the gate has a reason to wait, or nothing explains that it does. */
class WaitReasonTest {

    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private static final Failure DOWN =
            new Failure(ProblemType.UPSTREAM_UNAVAILABLE, "down", true, false, false, null, null);

    private final HandTime time = new HandTime();

    @Test
    void isThePermitWhileOtherCallsBeginAndEnd() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        List<Waiting> others =
                Stream.of("a", "b", "c", "d").map(name -> waiting(name).enter(limiter)).toList();
        Waiting last = waiting("last").enter(limiter);

        for (Waiting other : others) {
            time.pass(STANDSTILL.minusSeconds(1));
            assertThat(limiter.waitReason(last.turn())).hasValue("a permit to call");
            limiter.endCall(other.turn());
        }

        assertThat(last.verdicts()).containsExactly(Decision.GRANTED);
    }

    @Test
    void isThePermitWhileTheBudgetLetsOneThroughAMinute() {
        CallLimiter limiter = Gates.gate(10, 1, time);
        limiter.signedIn();
        for (int i = 0; i < 5; i++) {
            waiting("a" + i).enter(limiter);
        }
        Waiting last = waiting("last").enter(limiter);

        for (int second = 0; second < 270; second++) {
            time.pass(Duration.ofSeconds(1));
            assertThat(limiter.waitReason(last.turn())).isPresent();
        }
    }

    @Test
    void isNoneWhenNoSlotIsGivenBackForMinutes() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        waiting("never given back").enter(limiter);
        Waiting held = waiting("a").enter(limiter);
        assertThat(limiter.waitReason(held.turn())).isPresent();

        time.pass(STANDSTILL);

        assertThat(limiter.waitReason(held.turn())).isEmpty();
    }

    @Test
    void isThePauseOfTheCustomerForAsLongAsItLasts() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        limiter.pause(CUSTOMER, Gates.LONGEST_PAUSE);
        Waiting paused = waiting("a").enter(limiter);

        time.pass(Gates.LONGEST_PAUSE.minusSeconds(1));

        assertThat(limiter.waitReason(paused.turn()))
                .hasValueSatisfying(words -> assertThat(words).contains("pause"));
    }

    @Test
    void isTheBackOffOfTheLookup() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        Waiting retried =
                waiting("a").notBefore(time.now().plus(STANDSTILL.multipliedBy(2))).enter(limiter);

        time.pass(STANDSTILL.plusSeconds(1));

        assertThat(limiter.waitReason(retried.turn())).hasValue("its next attempt");
    }

    @Test
    void isTheOutage() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        limiter.suspend(DOWN);
        Waiting waits = waiting("a").enter(limiter);

        time.pass(STANDSTILL.multipliedBy(100));

        assertThat(limiter.waitReason(waits.turn()))
                .hasValueSatisfying(words -> assertThat(words).contains("outage"));
    }

    @Test
    void isNoneDuringTheCall() {
        CallLimiter limiter = Gates.gate(1, 0, time);

        Waiting call = waiting("a").enter(limiter);

        assertThat(limiter.waitReason(call.turn())).isEmpty();
    }

    @Test
    void isThatOfTheLookupAsLongAsItWaits() {
        CallLimiter limiter = Gates.gate(1, 0, time);
        Waiting call = waiting("a").enter(limiter);
        Lookup lookup = new Lookup(Source.KAFKA, null, time.now());
        lookup.ask(new OrderLookupRequest(CUSTOMER, "order"), null);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Lookup.PROPERTY, lookup);

        new AcquirePermit(limiter, time.clock(), Duration.ofMinutes(2), false)
                .process(exchange, doneSync -> {});

        assertThat(lookup.waitReason()).hasValue("a permit to call");
        limiter.endCall(call.turn());
        assertThat(lookup.waitReason()).isEmpty();
    }

    private static Waiting waiting(String name) {
        return new Waiting(name, new ArrayList<>());
    }
}
