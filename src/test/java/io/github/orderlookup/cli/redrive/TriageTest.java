package io.github.orderlookup.cli.redrive;

import static io.github.orderlookup.cli.redrive.Problems.CUSTOMER;
import static io.github.orderlookup.cli.redrive.Problems.REQUESTS;
import static io.github.orderlookup.cli.redrive.Problems.bytes;
import static io.github.orderlookup.cli.redrive.Problems.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failed requests are sent again, and why others are not. */
class TriageTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final String OTHER = "00000000-0000-0000-0000-000000000000";
    private static final String GUID = "6f7d8c1e-51a6-4ab8-9d2b-9f2c3f2f6c11";
    private static final FailedRequest NOT_FOUND =
            failed(
                    ProblemType.ORDER_NOT_FOUND,
                    "20000",
                    new RecordHeaders().add("MS-CorrelationId", bytes(GUID)));
    private static final FailedRequest THROTTLED = failed(ProblemType.THROTTLED);

    private static final Selection ALL = selection(Set.of(), null);

    private static Selection selection(Set<String> types, @Nullable Boolean retryable) {
        return new Selection(types, retryable, Set.of(), Set.of(), null, null, Set.of());
    }

    private static Selection codes(String code) {
        return new Selection(Set.of(), null, Set.of(code), Set.of(), null, null, Set.of());
    }

    private static Selection customers(String customer) {
        return new Selection(Set.of(), null, Set.of(), Set.of(customer), null, null, Set.of());
    }

    private static Selection time(@Nullable Instant since, @Nullable Instant until) {
        return new Selection(Set.of(), null, Set.of(), Set.of(), since, until, Set.of());
    }

    private static Selection correlationIds(String id) {
        return new Selection(Set.of(), null, Set.of(), Set.of(), null, null, Set.of(id));
    }

    static Stream<Arguments> selections() {
        return Stream.of(
                Arguments.of(ALL, NOT_FOUND, null),
                Arguments.of(selection(Set.of(), true), NOT_FOUND, Reason.NOT_RETRYABLE),
                Arguments.of(selection(Set.of(), true), THROTTLED, null),
                Arguments.of(selection(Set.of(), false), NOT_FOUND, null),
                Arguments.of(selection(Set.of(), false), THROTTLED, Reason.RETRYABLE),
                Arguments.of(selection(Set.of("throttled"), null), THROTTLED, null),
                Arguments.of(selection(Set.of("throttled"), null), NOT_FOUND, Reason.OTHER_TYPE),
                Arguments.of(codes("20000"), NOT_FOUND, null),
                Arguments.of(codes("20001"), NOT_FOUND, Reason.OTHER_CODE),
                Arguments.of(codes("20000"), THROTTLED, Reason.OTHER_CODE),
                Arguments.of(customers(CUSTOMER.toUpperCase(Locale.ROOT)), NOT_FOUND, null),
                Arguments.of(customers(OTHER), NOT_FOUND, Reason.OTHER_CUSTOMER),
                Arguments.of(time(TIME, null), NOT_FOUND, null),
                Arguments.of(time(TIME.plusMillis(1), null), NOT_FOUND, Reason.OTHER_TIME),
                Arguments.of(time(null, TIME.plusMillis(1)), NOT_FOUND, null),
                Arguments.of(time(null, TIME), NOT_FOUND, Reason.OTHER_TIME),
                Arguments.of(correlationIds(GUID.toUpperCase(Locale.ROOT)), NOT_FOUND, null),
                Arguments.of(correlationIds(OTHER), NOT_FOUND, Reason.OTHER_CORRELATION_ID));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selectsWhatTheCommandLineNames(
            Selection selection, FailedRequest failed, @Nullable Reason refusal) {
        assertThat(new Triage(selection, REQUESTS, 3).refusal(failed).orElse(null))
                .isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "1, 1, false", "2, 3, true", "3, 3, false", "999999999, 3, false"})
    void sendsNothingMoreOftenThanItMay(int redriven, int maxTimes, boolean sent) {
        Headers headers =
                new RecordHeaders().add("order-lookup-redriven", bytes(Integer.toString(redriven)));

        assertThat(
                        new Triage(ALL, REQUESTS, maxTimes)
                                .refusal(failed(ProblemType.THROTTLED, null, headers))
                                .orElse(null))
                .isEqualTo(sent ? null : Reason.MAX_TIMES);
    }

    @Test
    void leavesTheRequestsOfAnotherDeploymentAlone() {
        assertThat(new Triage(ALL, "others", 3).refusal(THROTTLED))
                .hasValue(Reason.OTHER_REQUEST_TOPIC);
    }

    @Test
    void cannotSendWhatIsNotWhole() {
        FailedRequest cut =
                FailedRequest.read(
                                Problems.record(
                                        Problems.request(
                                                null, new byte[2_000], new RecordHeaders()),
                                        Problem.of(ProblemType.INVALID_REQUEST, "No.")))
                        .orElseThrow();

        assertThat(new Triage(ALL, REQUESTS, 3).refusal(cut)).hasValue(Reason.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "{\"type\": \"about:blank\", \"request\": {\"topic\": \"requests\"}}",
                "{\"type\": \"urn:order-lookup:problem:\\u001b\", \"request\": {\"topic\": \"t\"}}",
                "{\"type\": \"urn:order-lookup:problem:throttled\"}"
            })
    void knowsWhatIsNoProblemOfOurs(String value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("errors", 0, 0, null, bytes(value));
        record.headers().add("ce_type", bytes("order-lookup.failed.v1"));

        assertThat(FailedRequest.read(record)).isEmpty();
    }

    @Test
    void knowsTheEventsOfOthers() {
        ConsumerRecord<byte[], byte[]> record =
                Problems.record(
                        Problems.request(null, bytes(Problems.REQUEST), new RecordHeaders()),
                        Problem.of(ProblemType.THROTTLED, "No."));
        record.headers().remove("ce_type").add("ce_type", bytes("com.example.failed"));

        assertThat(FailedRequest.read(record)).isEmpty();
        assertThat(FailedRequest.read(new ConsumerRecord<>("errors", 0, 0, null, null))).isEmpty();
    }
}
