package io.github.orderlookup.cli.check.kafka;

import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.broker.BrokerClients;
import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.Node;

/** Checks the brokers, then the topics and the rights on them. Changes nothing there. */
public final class KafkaCheck {
    private static final String PART = "kafka brokers";
    private static final String DNS = "dns brokers";

    private final Findings findings;
    private final KafkaSettings settings;
    private final Duration settleTimeout;

    /**
     * @param settleTimeout how long a request may wait for its order to settle
     */
    public KafkaCheck(Findings findings, KafkaSettings settings, Duration settleTimeout) {
        this.findings = findings;
        this.settings = settings;
        this.settleTimeout = settleTimeout;
    }

    /**
     * Asks the brokers.
     *
     * @param connection as the service connects
     */
    public void run(Properties connection) {
        String bootstrap = connection.getProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        if (!resolve(bootstrap)) {
            findings.skipped(PART, "No broker has an address.");
            return;
        }
        Admin admin;
        try {
            admin = new BrokerClients(connection, "order-lookup-check").admin();
        } catch (BrokerAnswer.Refused e) {
            findings.fault(PART, e.words(), e.remedy());
            return;
        }
        try {
            ask(admin, bootstrap);
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    /** Whether any broker that the settings name has an address; each without one is a finding. */
    private boolean resolve(String bootstrap) {
        List<String> known = new ArrayList<>();
        for (String address : bootstrap.split(",", -1)) {
            String host = address.strip().replaceFirst(":\\d+$", "");
            try {
                known.add(host + " is " + InetAddress.getByName(host).getHostAddress());
            } catch (UnknownHostException e) {
                findings.fault(
                        DNS,
                        "No address is known for " + host + ".",
                        "Check camel.component.kafka.brokers and the name servers of this"
                                + " machine.");
            }
        }
        if (!known.isEmpty()) {
            findings.ok(DNS, String.join(", ", known));
        }
        return !known.isEmpty();
    }

    private void ask(Admin admin, String bootstrap) {
        try {
            Collection<Node> nodes =
                    BrokerAnswer.of(
                            admin.describeCluster(
                                            new DescribeClusterOptions()
                                                    .timeoutMs(BrokerAnswer.TIMEOUT_MS))
                                    .nodes());
            findings.ok(PART, nodes.size() + " answering behind " + bootstrap);
        } catch (BrokerAnswer.Refused e) {
            findings.fault(PART, e.words() + " (" + bootstrap + ")", e.remedy());
            findings.skipped("kafka topics", "No broker answers.");
            return;
        }
        TopicCheck topics = new TopicCheck(findings, admin, bootstrap);
        topics.requests(settings.requestTopic());
        topics.results(settings.resultsTopic());
        topics.errors(settings.errorsTopic());
        new GroupCheck(findings, admin).run(settings.groupId());
        String waiting = settings.waitingTopic();
        if (waiting != null) {
            topics.waiting(waiting, settleTimeout);
            new GroupCheck(findings, admin).run(settings.waitingGroupId());
        }
        new ReplyTopicsCheck(findings, admin).run(settings);
    }
}
