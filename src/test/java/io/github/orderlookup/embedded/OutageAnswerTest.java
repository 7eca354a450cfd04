package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller in the same process gets during an outage. */
class OutageAnswerTest {

    private final EmbeddedHost host = EmbeddedHost.start();
    private final Simulator simulator = host.simulator();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void answersAtOnceThatPartnerCenterIsDown() {
        simulator.alwaysAnswerAll(Answers.secondGenerationFault(503, 800003, false));
        IntStream.range(0, 25).forEach(n -> host.problem("order--" + n));
        int calls = simulator.apiLog().size();

        Problem problem = host.problem("order--at-once");

        assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(problem.detail()).contains("Partner Center is down").contains("503");
        assertThat(problem.attempts()).isZero();
        assertThat(problem.upstream()).isNull();
        assertThat(simulator.apiLog().size()).isEqualTo(calls).isLessThan(25);
    }

    @Test
    void answersAtOnceThatTheCredentialIsRefused() {
        simulator.alwaysAnswerLogin(Answers.aadsts(7000222));
        host.problem("order--first");

        Problem problem = host.problem("order--at-once");

        assertThat(problem.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
        assertThat(problem.detail()).contains("AADSTS7000222");
        assertThat(problem.attempts()).isZero();
        assertThat(simulator.apiLog().size()).isZero();
    }

    @Test
    void doesNotNoticeAMomentWithoutALoginHost() {
        simulator.answerLogin(Answers.status(503), Answers.status(503));

        assertThat(host.order("order--late").id()).contains("order--late");
    }

    @Test
    void isNotRefusedForTheSakeOfAnOrderThatAlwaysFails() {
        simulator.alwaysAnswer("order--poison", Answers.secondGenerationFault(500, 800003, false));
        OrderLookupRequest poison = new OrderLookupRequest(CUSTOMER, "order--poison");
        IntStream.range(0, 50).forEach(n -> assertThat(host.outcome(poison)).isNotNull());

        assertThat(host.order("order--well").id()).contains("order--well");
    }
}
