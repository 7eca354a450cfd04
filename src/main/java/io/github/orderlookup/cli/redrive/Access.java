package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.AdminCommands;
import io.github.orderlookup.cli.broker.BrokerAnswer;
import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/** Looks the topics up before anything is read or sent: no client makes one that is missing. */
final class Access {

    private final Admin admin;
    private final String bootstrap;

    Access(Admin admin, String bootstrap) {
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    /**
     * The partitions of a topic on which we have a right.
     *
     * @throws RedriveFailure when there is no such topic, or no such right
     */
    List<TopicPartition> partitions(String topic, AclOperation needed) throws RedriveFailure {
        TopicDescription found = describe(topic, needed);
        Set<AclOperation> allowed = found.authorizedOperations();
        if (allowed != null && !allowed.contains(needed)) {
            throw notAllowed(topic, needed);
        }
        return found.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private TopicDescription describe(String topic, AclOperation needed) throws RedriveFailure {
        try {
            return BrokerAnswer.topic(admin, topic);
        } catch (Refused e) {
            throw switch (e.kind()) {
                case MISSING ->
                        RedriveFailure.of(
                                "The topic " + topic + " does not exist.",
                                AdminCommands.createTopic(bootstrap, topic));
                case NOT_ALLOWED -> notAllowed(topic, needed);
                case NO_ANSWER, OTHER -> RedriveFailure.of(bootstrap, e);
            };
        }
    }

    private static RedriveFailure notAllowed(String topic, AclOperation needed) {
        return RedriveFailure.of(
                needed + " is not allowed on the topic " + topic + ", or there is no such topic.",
                AdminCommands.grant("topic", topic, needed));
    }
}
