package io.github.orderlookup.cli.check.kafka;

import io.github.orderlookup.cli.broker.AdminCommands;
import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import io.github.orderlookup.cli.check.finding.Findings;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.acl.AclOperation;

/** Whether we may join the consumer group, and who is in it. */
final class GroupCheck {
    private static final String PART = "consumer group";

    private final Findings findings;
    private final Admin admin;

    GroupCheck(Findings findings, Admin admin) {
        this.findings = findings;
        this.admin = admin;
    }

    void run(String group) {
        DescribeConsumerGroupsOptions options =
                new DescribeConsumerGroupsOptions()
                        .includeAuthorizedOperations(true)
                        .timeoutMs(BrokerAnswer.TIMEOUT_MS);
        String remedy = AdminCommands.grant("group", group, AclOperation.READ);
        try {
            ConsumerGroupDescription found =
                    BrokerAnswer.of(
                            admin.describeConsumerGroups(List.of(group), options)
                                    .describedGroups()
                                    .get(group));
            Set<AclOperation> allowed = found.authorizedOperations();
            String members = found.members().size() + " members";
            if (allowed == null) {
                findings.ok(PART, group + ": " + members);
            } else if (allowed.contains(AclOperation.READ)) {
                findings.ok(PART, group + ": READ is allowed, " + members);
            } else {
                findings.fault(PART, group + ": READ is not allowed", remedy);
            }
        } catch (Refused e) {
            if (e.kind() == Refused.Kind.NOT_ALLOWED) {
                findings.fault(PART, group + ": READ is not allowed", remedy);
            } else {
                findings.skipped(PART, group + ": " + e.words());
            }
        }
    }
}
