package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.simulator.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The login host issues tokens, and Partner Center takes none of them; or it issues none. */
@Timeout(60)
class RefusedTokensTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void asksForFewTokensWhileEachIsRefused() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            host.simulator().alwaysAnswerAll(Answers.apiFault(401, "400"));

            for (int n = 0; n < 200; n++) {
                Problem problem = host.problem("order--" + n);
                assertThat(problem.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
            }

            assertThat(host.simulator().loginLog().all()).hasSizeLessThan(10);
            assertThat(host.simulator().apiLog().all())
                    .as("from the fifth on the sign-in counts as out")
                    .hasSizeLessThan(20);
        }
    }

    @Test
    void findsOutByItselfThatTokensAreTakenAgain() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            host.simulator().alwaysAnswerAll(Answers.apiFault(401, "400"));
            for (int n = 0; n < 10; n++) {
                host.problem("order--" + n);
            }
            host.simulator().answerNormally();

            await().atMost(LIMIT).until(() -> host.outcome("order--back") instanceof Order);

            assertThat(host.outcome("order--next")).isInstanceOf(Order.class);
        }
    }

    @Test
    void replacesARefusedTokenAtOnceWhenTheNewOneIsTaken() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            for (int n = 0; n < 3; n++) {
                host.outcome("order--" + n);
                host.simulator().revokeAccessTokens();
            }

            assertThat(host.outcome("order--last")).isInstanceOf(Order.class);
            assertThat(host.simulator().loginLog().all()).hasSize(4);
        }
    }

    @Test
    void endsEachLookupAtItsDeadlineWhileTheLoginHostHangs() {
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("order-lookup.deadline", "2s")
                        .setting("order-lookup.max-in-flight", "2")
                        .start()) {
            host.simulator().alwaysAnswerLogin(Answers.hang());
            List<CompletableFuture<Object>> outcomes = new ArrayList<>();
            for (int n = 0; n < 10; n++) {
                outcomes.add(
                        host.outcomeLater(
                                new OrderLookupRequest(
                                        UUID.randomUUID().toString(), "order--" + n)));
            }

            // The login host would be given up after 30 s.
            assertThat(outcomes)
                    .allSatisfy(
                            outcome ->
                                    assertThat(outcome)
                                            .succeedsWithin(Duration.ofSeconds(20))
                                            .isInstanceOfSatisfying(
                                                    Problem.class,
                                                    RefusedTokensTest::assertNoAttempt));
            assertThat(host.simulator().loginLog().all()).hasSize(1);
        }
    }

    private static void assertNoAttempt(Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.DEADLINE_EXCEEDED);
        assertThat(problem.attempts()).isZero();
        assertThat(problem.requestId()).isNull();
    }

    @Test
    void goesOnWhenTheLoginHostWasSlow() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            host.simulator().loginLatency(Duration.ofSeconds(2));

            assertThat(host.outcome("order--slow")).isInstanceOf(Order.class);
            assertThat(host.order("order--next").id()).contains("order--next");
            assertThat(host.simulator().loginLog().all()).hasSize(1);
        }
    }
}
