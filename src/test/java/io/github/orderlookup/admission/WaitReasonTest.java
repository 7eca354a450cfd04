package io.github.orderlookup.admission;

import static io.github.orderlookup.admission.Waiting.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.Turn.Verdict;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Lookup.Door;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.ProblemType;
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
        CallGate gate = Gates.gate(1, 0, time);
        List<Waiting> others =
                Stream.of("a", "b", "c", "d").map(name -> waiting(name).enter(gate)).toList();
        Waiting last = waiting("last").enter(gate);

        for (Waiting other : others) {
            time.pass(STANDSTILL.minusSeconds(1));
            assertThat(gate.waitReason(last.turn())).hasValue("a permit to call");
            gate.leave(other.turn());
        }

        assertThat(last.verdicts()).containsExactly(Verdict.GRANTED);
    }

    @Test
    void isThePermitWhileTheBudgetLetsOneThroughAMinute() {
        CallGate gate = Gates.gate(10, 1, time);
        gate.signedIn();
        for (int i = 0; i < 5; i++) {
            waiting("a" + i).enter(gate);
        }
        Waiting last = waiting("last").enter(gate);

        for (int second = 0; second < 270; second++) {
            time.pass(Duration.ofSeconds(1));
            assertThat(gate.waitReason(last.turn())).isPresent();
        }
    }

    @Test
    void isNoneWhenNoSlotIsGivenBackForMinutes() {
        CallGate gate = Gates.gate(1, 0, time);
        waiting("never given back").enter(gate);
        Waiting held = waiting("a").enter(gate);
        assertThat(gate.waitReason(held.turn())).isPresent();

        time.pass(STANDSTILL);

        assertThat(gate.waitReason(held.turn())).isEmpty();
    }

    @Test
    void isThePauseOfTheCustomerForAsLongAsItLasts() {
        CallGate gate = Gates.gate(1, 0, time);
        gate.pause(CUSTOMER, Gates.LONGEST_PAUSE);
        Waiting paused = waiting("a").enter(gate);

        time.pass(Gates.LONGEST_PAUSE.minusSeconds(1));

        assertThat(gate.waitReason(paused.turn()))
                .hasValueSatisfying(words -> assertThat(words).contains("pause"));
    }

    @Test
    void isTheBackOffOfTheLookup() {
        CallGate gate = Gates.gate(1, 0, time);
        Waiting retried =
                waiting("a").notBefore(time.now().plus(STANDSTILL.multipliedBy(2))).enter(gate);

        time.pass(STANDSTILL.plusSeconds(1));

        assertThat(gate.waitReason(retried.turn())).hasValue("its next attempt");
    }

    @Test
    void isTheOutage() {
        CallGate gate = Gates.gate(1, 0, time);
        gate.suspend(DOWN);
        Waiting waits = waiting("a").enter(gate);

        time.pass(STANDSTILL.multipliedBy(100));

        assertThat(gate.waitReason(waits.turn()))
                .hasValueSatisfying(words -> assertThat(words).contains("outage"));
    }

    @Test
    void isNoneDuringTheCall() {
        CallGate gate = Gates.gate(1, 0, time);

        Waiting call = waiting("a").enter(gate);

        assertThat(gate.waitReason(call.turn())).isEmpty();
    }

    @Test
    void isThatOfTheLookupAsLongAsItWaits() {
        CallGate gate = Gates.gate(1, 0, time);
        Waiting call = waiting("a").enter(gate);
        Lookup lookup = new Lookup(Door.KAFKA, null, time.now());
        lookup.ask(new OrderLookupRequest(CUSTOMER, "order"), null);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Lookup.PROPERTY, lookup);

        new AwaitTurn(gate, time.clock(), Duration.ofMinutes(2), false)
                .process(exchange, doneSync -> {});

        assertThat(lookup.waitReason()).hasValue("a permit to call");
        gate.leave(call.turn());
        assertThat(lookup.waitReason()).isEmpty();
    }

    private static Waiting waiting(String name) {
        return new Waiting(name, new ArrayList<>());
    }
}
