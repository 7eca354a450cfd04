package io.github.orderlookup.cli.check.kafka;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settle.LookSchedule;
import java.time.Duration;

/**
 * Whether the waiting topic keeps what waits there, and has a partition for each interval. Pure but
 * for where it adds its findings.
 *
 * @param retention how long the topic keeps a record; negative for ever
 */
record WaitingTopicCheck(String topic, int partitions, String cleanupPolicy, Duration retention) {

    private static final String PART = "topic waiting";

    void run(Findings findings, Duration settleTimeout) {
        boolean deletes = cleanupPolicy.contains("delete") && !retention.isNegative();
        if (deletes && retention.compareTo(settleTimeout) <= 0) {
            findings.fault(
                    PART,
                    topic
                            + " keeps records for "
                            + retention.toMinutes()
                            + " min, and requests may wait for "
                            + settleTimeout.toMinutes()
                            + " min: those that wait longer are lost",
                    "Set its retention.ms well above order-lookup.settle-timeout.");
        } else {
            findings.ok(PART, topic + ": records are kept for longer than requests wait");
        }
        int intervals = LookSchedule.USUAL.intervals().size();
        if (partitions < intervals) {
            findings.note(
                    PART,
                    topic + ": " + partitions + " partitions",
                    "With "
                            + intervals
                            + " or more, each interval has a partition of its own, and thousands of"
                            + " requests may wait without delaying one another.");
        }
    }
}
