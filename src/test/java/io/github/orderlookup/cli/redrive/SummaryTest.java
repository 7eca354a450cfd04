package io.github.orderlookup.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.redrive.Summary.End;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private final Counts counts = new Counts();

    @Test
    void isATableByTypeThatSaysWhyRecordsAreSkipped() {
        select("throttled", 12, 0);
        counts.skipped("throttled", Reason.MAX_TIMES);
        counts.skipped("order-not-found", Reason.NOT_RETRYABLE);
        counts.skipped("order-not-found", Reason.NOT_RETRYABLE);
        counts.noProblem();

        assertThat(summary(true).ended(End.COMPLETE).text())
                .isEqualToNormalizingNewlines(
                        """
                        TYPE                           TOTAL  SELECTED   SKIPPED
                        (other)                            1         0         1  1 no problem of order-lookup
                        order-not-found                    2         0         2  2 not retryable
                        throttled                         13        12         1  1 sent again too often already
                        total                             16        12         4  1 no problem of order-lookup, 2 not retryable, 1 sent again too often already

                        12 requests of errors would be sent to requests again.
                        Name a type or --retryable=any to send those that are not retryable, once their cause is gone.
                        """);
    }

    @Test
    void saysWhatWasSentAndWhereTheNextRunBegins() {
        select("throttled", 1, 1);
        counts.skipped("upstream-timeout", Reason.OTHER_TYPE);
        counts.perhapsRepeated();
        counts.firstRun();

        assertThat(summary(false).ended(End.INTERRUPTED).text())
                .contains("Sent 1 of 1 request to requests again.")
                .contains("1 of them may have been sent twice: the run before was cut off.")
                .contains("No run before this one is known: the whole of errors was read.")
                .contains("Interrupted; another run goes on from here.")
                .contains("--from-beginning reads what was skipped once more.");
    }

    @Test
    void saysWhyTheRunCouldNotGoOn() {
        Summary summary =
                summary(false)
                        .failed(
                                RedriveFailure.of(
                                        "The errors topic",
                                        BrokerAnswer.refused(
                                                new org.apache.kafka.common.errors.TimeoutException(
                                                        "secret of the client"))));

        assertThat(summary.isOk()).isFalse();
        assertThat(summary.isTemporary()).isTrue();
        assertThat(summary.text()).isEmpty();
        assertThat(summary.error().orElseThrow())
                .startsWith("The errors topic: No broker answered in 10 s. -> Check camel")
                .doesNotContain("secret");
    }

    @Test
    void isOneJsonObject() {
        select("throttled", 2, 1);
        counts.skipped("throttled", Reason.INCOMPLETE);

        assertThat(summary(false).ended(End.LIMIT).json())
                .isEqualTo(
                        "{\"ok\":true,\"ended\":\"limit\",\"dryRun\":false,"
                                + "\"errorsTopic\":\"errors\",\"requestTopic\":\"requests\","
                                + "\"total\":3,\"selected\":2,\"sent\":1,\"perhapsRepeated\":0,"
                                + "\"skipped\":{\"incomplete\":1},"
                                + "\"types\":{\"throttled\":{\"total\":3,\"selected\":2,\"sent\":1,"
                                + "\"skipped\":{\"incomplete\":1}}}}"
                                + System.lineSeparator());
    }

    private Summary summary(boolean dryRun) {
        return new Summary(counts, "errors", "requests", dryRun);
    }

    private void select(String type, int selected, int sent) {
        for (int i = 0; i < selected; i++) {
            counts.selected(type);
        }
        for (int i = 0; i < sent; i++) {
            counts.sent(type);
        }
    }
}
