package io.github.orderlookup.cli.broker;

import org.apache.kafka.common.acl.AclOperation;

/** What the operators of Kafka enter to grant what is missing. */
public final class AdminCommands {

    private AdminCommands() {}

    public static String createTopic(String bootstrap, String topic) {
        return "kafka-topics.sh --bootstrap-server "
                + bootstrap
                + " --create --topic "
                + topic
                + " --partitions 8 --replication-factor 3";
    }

    /**
     * Grants a right; READ and WRITE imply DESCRIBE.
     *
     * @param kind {@code topic} or {@code group}
     */
    public static String grant(String kind, String name, AclOperation needed) {
        return "kafka-acls.sh --bootstrap-server <broker> --add --allow-principal User:<ours>"
                + " --operation "
                + needed
                + " --"
                + kind
                + " "
                + name;
    }
}
