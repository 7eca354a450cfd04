package io.github.orderlookup.broker;

import io.github.orderlookup.process.ParentWatch;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The child JVM of {@link Broker}: a broker and controller in one, on the loopback interface. */
final class BrokerMain {
    /** What it prints to standard output once the broker serves. */
    static final String READY = "broker ready";

    private static final String CLUSTER = "order-lookup-broker-00";

    private BrokerMain() {}

    /**
     * Arguments: data directory, port of the broker, port of the controller, then {@code key=value}
     * for each setting that differs from those here.
     */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        KafkaConfig config = config(arguments);
        format(arguments[0], config.nodeId());
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        System.out.println(READY);
        server.awaitShutdown();
    }

    private static void format(String data, int node) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                .setIgnoreFormatted(true)
                .setNodeId(node)
                .setClusterId(CLUSTER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data)
                .addDirectory(data)
                .run();
    }

    private static KafkaConfig config(String[] arguments) {
        var properties = new Properties();
        properties.putAll(quorum(arguments[0], arguments[1], arguments[2]));
        properties.putAll(smallAndQuick());
        for (String setting : List.of(arguments).subList(3, arguments.length)) {
            int end = setting.indexOf('=');
            properties.put(setting.substring(0, end), setting.substring(end + 1));
        }
        return KafkaConfig.fromProps(properties, false);
    }

    private static Map<String, String> quorum(String data, String port, String controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                data);
    }

    private static Map<String, String> smallAndQuick() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("broker.heartbeat.interval.ms", "100"),
                // A broker that was killed is let in again only when its last session is over.
                Map.entry("broker.session.timeout.ms", "2500"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"));
    }
}
