package io.github.orderlookup.bench.load;

import io.github.orderlookup.broker.Broker;
import java.util.Map;

/** The topics of one system, so that systems do not meet. The name is its consumer group, too. */
public record TopicSet(String name, int partitions) {

    private static final Map<String, String> LARGE_ORDERS =
            Map.of("max.message.bytes", "20971520", "retention.ms", "-1");

    public String requests() {
        return name + ".requests";
    }

    public String results() {
        return name + ".results";
    }

    public String errors() {
        return name + ".errors";
    }

    public void create(Broker broker) {
        broker.createTopic(requests(), partitions);
        broker.createTopic(results(), partitions, LARGE_ORDERS);
        broker.createTopic(errors(), 1, LARGE_ORDERS);
    }
}
