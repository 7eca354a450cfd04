package io.github.orderlookup.cli.check.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.cli.check.finding.Finding;
import io.github.orderlookup.cli.check.finding.Finding.Mark;
import io.github.orderlookup.cli.check.finding.Findings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTopicCheckTest {

    @ParameterizedTest
    @CsvSource({
        // partitions, cleanup.policy, retention in hours, a fault, a note
        "6, delete, 168, false, false",
        "6, delete, -1, false, false",
        "6, compact, 1, false, false",
        "6, delete, 1, true, false",
        "6, 'compact,delete', 1, true, false",
        "1, delete, 168, false, true",
        "1, delete, 1, true, true"
    })
    void findsWhatWouldLoseOrDelayRequests(
            int partitions, String policy, long hours, boolean fault, boolean note) {
        Findings findings = new Findings();

        new WaitingTopicCheck("waiting", partitions, policy, Duration.ofHours(hours))
                .run(findings, Duration.ofHours(1));

        assertThat(findings.all()).extracting(Finding::mark).contains(fault ? Mark.FAULT : Mark.OK);
        assertThat(findings.all().stream().anyMatch(finding -> finding.mark() == Mark.NOTE))
                .isEqualTo(note);
    }
}
