package io.github.orderlookup.cli.check.kafka;

import io.github.orderlookup.cli.broker.AdminCommands;
import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import io.github.orderlookup.cli.check.finding.Findings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Whether a topic is there, takes what is published with {@code acks=all}, and lets us in. */
final class TopicCheck {

    private final Findings findings;

    private final Admin admin;
    private final String bootstrap;

    TopicCheck(Findings findings, Admin admin, String bootstrap) {
        this.findings = findings;
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    void requests(String topic) {
        look("topic requests", topic, AclOperation.READ);
    }

    void results(String topic) {
        durability("topic results", look("topic results", topic, AclOperation.WRITE));
    }

    void errors(String topic) {
        Config config = durability("topic errors", look("topic errors", topic, AclOperation.WRITE));
        if (config != null && value(config, "cleanup.policy").contains("compact")) {
            findings.fault(
                    "topic errors",
                    topic + " is compacted and refuses the problem of a request without a key",
                    "Set its cleanup.policy to delete.");
        }
    }

    /**
     * @param settleTimeout how long a request may wait
     */
    void waiting(String topic, Duration settleTimeout) {
        String part = "topic waiting";
        look(part, topic, AclOperation.READ);
        TopicDescription found = look(part, topic, AclOperation.WRITE);
        Config config = durability(part, found);
        if (found != null && config != null) {
            new WaitingTopicCheck(
                            topic,
                            found.partitions().size(),
                            value(config, "cleanup.policy"),
                            Duration.ofMillis(Long.parseLong(value(config, "retention.ms"))))
                    .run(findings, settleTimeout);
        }
    }

    private @Nullable TopicDescription look(String part, String topic, AclOperation needed) {
        try {
            TopicDescription found = BrokerAnswer.topic(admin, topic);
            shape(part, found);
            rights(findings, part, topic, found.authorizedOperations(), needed);
            return found;
        } catch (Refused e) {
            switch (e.kind()) {
                case MISSING ->
                        findings.fault(
                                part,
                                topic + " does not exist",
                                AdminCommands.createTopic(bootstrap, topic));
                // Brokers do not distinguish what is not allowed from what does not exist.
                case NOT_ALLOWED ->
                        findings.fault(
                                part,
                                topic
                                        + ": "
                                        + needed
                                        + " is not allowed, nor to see whether there is such a"
                                        + " topic",
                                AdminCommands.grant("topic", topic, needed));
                case NO_ANSWER, OTHER -> findings.fault(part, topic + ": " + e.words(), e.remedy());
            }
            return null;
        }
    }

    private void shape(String part, TopicDescription found) {
        List<TopicPartitionInfo> partitions = found.partitions();
        long leaderless =
                partitions.stream()
                        .filter(
                                partition ->
                                        partition.leader() == null || partition.leader().isEmpty())
                        .count();
        if (leaderless > 0) {
            findings.fault(
                    part,
                    String.format(
                            Locale.ROOT,
                            "%s has %d partitions without a leader",
                            found.name(),
                            leaderless),
                    "Let the operators of Kafka bring their brokers back.");
            return;
        }
        String text =
                String.format(
                        Locale.ROOT,
                        "%s: %d partitions, replication %d",
                        found.name(),
                        partitions.size(),
                        replication(found));
        if (replication(found) < 2) {
            findings.note(
                    part, text, "One copy alone: a broker that is lost takes the records along.");
        } else {
            findings.ok(part, text);
        }
    }

    private static int replication(TopicDescription found) {
        return found.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    /** Outcomes are published with acks=all: too few replicas in sync, and none is accepted. */
    private @Nullable Config durability(String part, @Nullable TopicDescription found) {
        if (found == null) {
            return null;
        }
        Config config;
        try {
            config = config(found.name());
        } catch (Refused e) {
            findings.skipped(
                    part,
                    found.name()
                            + ": min.insync.replicas and cleanup.policy are not shown without the"
                            + " right DESCRIBE_CONFIGS, which the service does not need");
            return null;
        }
        replicasInSync(part, found, config);
        return config;
    }

    private void replicasInSync(String part, TopicDescription found, Config config) {
        int least = Integer.parseInt(value(config, "min.insync.replicas"));
        int inSync =
                found.partitions().stream()
                        .mapToInt(partition -> partition.isr().size())
                        .min()
                        .orElse(0);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s: min.insync.replicas %d, in sync %d",
                        found.name(),
                        least,
                        inSync);
        if (inSync < least) {
            findings.fault(
                    part,
                    text + ": nothing can be published",
                    "Bring the missing brokers back, or lower min.insync.replicas below the"
                            + " replication.");
        } else if (least < 2 && replication(found) > 1) {
            findings.note(
                    part,
                    text,
                    "Set min.insync.replicas to 2: an outcome then survives the loss of a broker.");
        } else {
            findings.ok(part, text);
        }
    }

    private Config config(String topic) throws Refused {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return BrokerAnswer.of(
                admin.describeConfigs(
                                List.of(resource),
                                new DescribeConfigsOptions().timeoutMs(BrokerAnswer.TIMEOUT_MS))
                        .values()
                        .get(resource));
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "1" : entry.value();
    }

    /**
     * Whether what the broker says that we may do includes what we need.
     *
     * @param allowed null when the broker does not say
     */
    static void rights(
            Findings findings,
            String part,
            String topic,
            @Nullable Collection<AclOperation> allowed,
            AclOperation needed) {
        if (allowed == null) {
            findings.skipped(part, topic + ": the broker does not tell what we may do.");
        } else if (Set.copyOf(allowed).contains(needed)) {
            findings.ok(part, topic + ": " + needed + " is allowed");
        } else {
            findings.fault(
                    part,
                    topic + ": " + needed + " is not allowed",
                    AdminCommands.grant("topic", topic, needed));
        }
    }
}
