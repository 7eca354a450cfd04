package io.github.orderlookup.lookup;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookupTest {

    private static final Instant ARRIVAL = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration ALLOWANCE = Duration.ofMinutes(2);

    // The deadline ----------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KAFKA", "WAITING"})
    void mayTakeTheAllowanceFromItsArrival(Source source) {
        assertThat(lookup(source).deadline(ALLOWANCE)).hasValue(ARRIVAL.plus(ALLOWANCE));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KAFKA", "WAITING"})
    void gainsNothingByWaiting(Source source) {
        Lookup lookup = lookup(source);

        lookup.permit(after(30), seconds(30));
        lookup.permit(after(60), seconds(20));

        assertThat(lookup.deadline(ALLOWANCE)).hasValue(ARRIVAL.plus(ALLOWANCE));
    }

    @Test
    void hasNoDeadlineOverKafkaBeforeItsFirstPermit() {
        assertThat(lookup(Source.KAFKA).deadline(ALLOWANCE)).isEmpty();
    }

    @Test
    void mayTakeTheAllowanceFromItsFirstPermitOverKafka() {
        Lookup lookup = lookup(Source.KAFKA);

        lookup.permit(after(3_600), seconds(3_600));

        assertThat(lookup.deadline(ALLOWANCE)).hasValue(after(3_600).plus(ALLOWANCE));
    }

    @Test
    void standsStillOverKafkaWhileItWaitsForAPermit() {
        Lookup lookup = lookup(Source.KAFKA);

        lookup.permit(after(10), seconds(10));
        lookup.permit(after(60), seconds(40));
        lookup.permit(after(90), seconds(5));

        assertThat(lookup.deadline(ALLOWANCE))
                .hasValue(after(10).plus(ALLOWANCE).plus(seconds(45)));
    }

    @ParameterizedTest
    @EnumSource
    void isBoundByAnEarlierDeadlineOfTheRequest(Source source) {
        Lookup lookup = lookup(source);
        lookup.ask(new OrderLookupRequest(CUSTOMER, "o-1"), after(7));

        lookup.permit(after(1), seconds(1));

        assertThat(lookup.deadline(ALLOWANCE)).hasValue(after(7));
    }

    @ParameterizedTest
    @EnumSource
    void isNotGivenMoreByALaterDeadlineOfTheRequest(Source source) {
        Lookup lookup = lookup(source);
        lookup.ask(new OrderLookupRequest(CUSTOMER, "o-1"), after(3_600));

        lookup.permit(ARRIVAL, Duration.ZERO);

        assertThat(lookup.deadline(ALLOWANCE)).hasValue(ARRIVAL.plus(ALLOWANCE));
    }

    @Test
    void isBoundByTheDeadlineOfTheRequestBeforeItsFirstPermitOverKafka() {
        Lookup lookup = lookup(Source.KAFKA);
        lookup.ask(new OrderLookupRequest(CUSTOMER, "o-1"), after(3_600));

        assertThat(lookup.deadline(ALLOWANCE)).hasValue(after(3_600));
    }

    // Attempts --------------------------------------------------------------------------------

    @Test
    void hasNoRequestIdBeforeTheFirstAttempt() {
        assertThat(lookup(Source.REST).requestId()).isEmpty();
    }

    @Test
    void keepsItsRequestIdWhenAnAttemptGotNoAnswer() {
        Lookup lookup = lookup(Source.REST);

        assertThat(requestIds(lookup, unanswered(), unanswered())).hasSize(1);
    }

    @Test
    void takesANewRequestIdAfterAnAnswer() {
        Lookup lookup = lookup(Source.REST);

        assertThat(requestIds(lookup, answered(false), answered(false))).hasSize(3);
    }

    @Test
    void keepsTheRequestIdThatIsNotAnsweredYetOverSeveralFailures() {
        Lookup lookup = lookup(Source.REST);

        assertThat(requestIds(lookup, unanswered(), answered(false), unanswered())).hasSize(2);
    }

    @Test
    void knowsTheRequestIdOfItsLastAttempt() {
        Lookup lookup = lookup(Source.REST);
        lookup.startAttempt();
        lookup.fail(answered(false));

        String last = lookup.startAttempt();

        assertThat(lookup.requestId()).hasValue(last);
    }

    @Test
    void countsItsAttempts() {
        Lookup lookup = lookup(Source.REST);

        requestIds(lookup, unanswered(), answered(false));

        assertThat(lookup.attempts()).isEqualTo(3);
    }

    @Test
    void makesNoAttemptBeforeTheMomentOfItsRetry() {
        Lookup lookup = lookup(Source.REST);
        assertThat(lookup.notBefore()).isEqualTo(ARRIVAL);

        lookup.fail(unanswered());
        lookup.retryAt(after(5));

        assertThat(lookup.notBefore()).isEqualTo(after(5));
    }

    @Test
    void usesItsFreshTokenWhenItRetriesForWantOfOne() {
        Lookup lookup = lookup(Source.REST);
        lookup.fail(unanswered());
        lookup.retryAt(after(1));
        assertThat(lookup.tokenRenewed()).isFalse();

        lookup.fail(answered(true));
        lookup.retryAt(after(2));
        lookup.fail(unanswered());
        lookup.retryAt(after(3));

        assertThat(lookup.tokenRenewed()).isTrue();
    }

    @Test
    void isOverWhenAnAnswerHasCome() {
        Lookup lookup = lookup(Source.REST);
        lookup.fail(unanswered());
        assertThat(lookup.isAnswered()).isFalse();

        lookup.answer();

        assertThat(lookup.isAnswered()).isTrue();
        assertThat(lookup.failure()).isEmpty();
    }

    // Problems --------------------------------------------------------------------------------

    @Test
    void describesAProblemWithWhatItKnows() {
        Lookup lookup = lookup(Source.KAFKA);
        lookup.ask(new OrderLookupRequest(CUSTOMER, "o-1"), null);
        String requestId = lookup.startAttempt();
        RecordOrigin origin = new RecordOrigin("requests", 0, 12, null);

        Problem problem =
                lookup.describe(Problem.of(ProblemType.THROTTLED, "Later.").withRequest(origin));

        assertThat(problem)
                .isEqualTo(
                        new Problem(
                                ProblemType.THROTTLED,
                                "Later.",
                                1,
                                CUSTOMER,
                                "o-1",
                                lookup.correlationId(),
                                requestId,
                                origin,
                                null));
    }

    @Test
    void describesAProblemOfARequestThatCouldNotBeRead() {
        Problem problem =
                lookup(Source.KAFKA).describe(Problem.of(ProblemType.INVALID_REQUEST, "No JSON."));

        assertThat(problem.customerId()).isNull();
        assertThat(problem.orderId()).isNull();
        assertThat(problem.attempts()).isZero();
    }

    @Test
    void describesAFailureWithWhatWasAnswered() {
        Problem problem = lookup(Source.REST).describe(answered(false));

        assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(problem.upstream()).isEqualTo(new Upstream(503, "1", null, null));
    }

    private static Lookup lookup(Source source) {
        return new Lookup(source, null, ARRIVAL);
    }

    private static Instant after(long seconds) {
        return ARRIVAL.plusSeconds(seconds);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** The different request ids of one attempt more than there are failures. */
    private static List<String> requestIds(Lookup lookup, Failure... failures) {
        Stream<String> retries =
                Stream.of(failures)
                        .map(
                                failure -> {
                                    lookup.fail(failure);
                                    return lookup.startAttempt();
                                });
        return Stream.concat(Stream.of(lookup.startAttempt()), retries).distinct().toList();
    }

    private static Failure unanswered() {
        return new Failure(
                ProblemType.UPSTREAM_UNAVAILABLE, "Cut off.", true, false, false, null, null);
    }

    private static Failure answered(boolean freshToken) {
        return new Failure(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "Down.",
                true,
                freshToken,
                true,
                null,
                new Upstream(503, "1", null, null));
    }
}
