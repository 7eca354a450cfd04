package io.github.orderlookup.readme;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * As much of kafka-topics.sh as the README uses: {@code --create} asks the broker whether it would
 * make such a topic, and makes none, as the service has its topics already.
 */
final class KafkaTopics {

    private KafkaTopics() {}

    public static void main(String... arguments) throws Exception {
        boolean create = false;
        String server = "";
        String topic = "";
        int partitions = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--create" -> create = true;
                case "--bootstrap-server" -> server = arguments[++i];
                case "--topic" -> topic = arguments[++i];
                case "--partitions" -> partitions = Integer.parseInt(arguments[++i]);
                default -> throw new IllegalArgumentException(arguments[i] + " is not known");
            }
        }
        if (!create) {
            throw new IllegalArgumentException("--create is all that is known");
        }
        var another = new NewTopic(topic + ".another", Optional.of(partitions), Optional.empty());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(List.of(another), new CreateTopicsOptions().validateOnly(true))
                    .all()
                    .get();
        }
    }
}
