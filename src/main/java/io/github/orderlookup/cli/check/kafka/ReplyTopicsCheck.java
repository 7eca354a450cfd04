package io.github.orderlookup.cli.check.kafka;

import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.text.BoundedMatch;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;

/** Which topics requests may name for their replies, and whether we may write to them. */
final class ReplyTopicsCheck {
    private static final String PART = "reply topics";

    private final Findings findings;
    private final Admin admin;

    ReplyTopicsCheck(Findings findings, Admin admin) {
        this.findings = findings;
        this.admin = admin;
    }

    void run(KafkaSettings settings) {
        Pattern allowed = settings.replyTopics();
        if (allowed == null) {
            findings.skipped(PART, "None may be named: order-lookup.reply-topics is not set.");
            return;
        }
        if (BoundedMatch.matches(allowed, settings.requestTopic())) {
            findings.note(
                    PART,
                    "The expression matches the request topic, which is refused all the same.",
                    "Make order-lookup.reply-topics narrower.");
        }
        try {
            List<String> matching = matching(allowed, settings.requestTopic());
            if (matching.isEmpty()) {
                findings.note(
                        PART,
                        "No topic that we see matches " + allowed.pattern(),
                        "Create them before requests name them, or check"
                                + " order-lookup.reply-topics and the ACLs.");
            }
            for (String topic : matching) {
                TopicCheck.rights(
                        findings,
                        PART,
                        topic,
                        BrokerAnswer.topic(admin, topic).authorizedOperations(),
                        AclOperation.WRITE);
            }
        } catch (Refused e) {
            findings.fault(PART, "The topics cannot be listed: " + e.words(), e.remedy());
        }
    }

    /** The topics that the expression allows, without the request topic. */
    private List<String> matching(Pattern allowed, String requestTopic) throws Refused {
        ListTopicsOptions options = new ListTopicsOptions().timeoutMs(BrokerAnswer.TIMEOUT_MS);
        return BrokerAnswer.of(admin.listTopics(options).names()).stream()
                .filter(name -> BoundedMatch.matches(allowed, name))
                .filter(name -> !name.equals(requestTopic))
                .sorted()
                .toList();
    }
}
