package io.github.orderlookup.broker;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A real broker in a JVM of its own, on free ports of the loopback interface. It makes no topic by
 * itself. What it prints stays in its directory under {@code target}, its data goes with it.
 *
 * <p>Not thread-safe, apart from the topics and the addresses.
 */
public final class Broker implements AutoCloseable {
    private static final String[] QUICK_START = {
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xshare:auto"
    };

    /** What a broker under load should not do without: an optimising compiler and some memory. */
    private static final String[] UNDER_LOAD = {"-Xms512m", "-Xmx1g"};

    private static final int BROKERS = 3;

    private final Path data;
    private final int port;
    private final JavaCommand command;
    private ChildProcess process;
    private Admin admin;

    private Broker(
            Path directory,
            int port,
            int controllerPort,
            Map<String, String> settings,
            String... options) {
        this.data = directory.toAbsolutePath().resolve("data");
        this.port = port;
        this.command =
                JavaCommand.ofMain("broker", BrokerMain.class)
                        .directory(directory)
                        .options(options)
                        .arguments(data.toString(), "" + port, "" + controllerPort);
        settings.forEach((key, value) -> command.arguments(key + "=" + value));
        launch();
    }

    /** Starts a broker on a free port, in a fresh directory under {@code target}. */
    public static Broker start() {
        return start(FreePort.find());
    }

    /** Starts a broker on a given port, in a fresh directory under {@code target}. */
    public static Broker start(int port) {
        return start(port, FreePort.find(), Map.of(), QUICK_START);
    }

    /** Starts a broker with settings that replace its usual ones, its listeners too if need be. */
    public static Broker start(int port, int controllerPort, Map<String, String> settings) {
        return start(port, controllerPort, settings, QUICK_START);
    }

    /**
     * Starts three brokers that keep each topic three times and acknowledge a record once two of
     * them have it. The first one is the controller too: kill one of the others.
     */
    public static List<Broker> startThree() {
        int controller = FreePort.find();
        List<Broker> brokers = new ArrayList<>();
        for (int node = 1; node <= BROKERS; node++) {
            int port = FreePort.find();
            brokers.add(start(port, controller, oneOfThree(node, port, controller)));
        }
        return brokers;
    }

    private static Map<String, String> oneOfThree(int node, int port, int controller) {
        Map<String, String> settings = new HashMap<>();
        settings.put("default.replication.factor", "" + BROKERS);
        settings.put("offsets.topic.replication.factor", "" + BROKERS);
        settings.put("min.insync.replicas", "" + (BROKERS - 1));
        if (node > 1) {
            settings.put("node.id", "" + node);
            settings.put("process.roles", "broker");
            settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port);
            settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        }
        return settings;
    }

    /** Starts a broker that is slow to start and then fast, for measuring. */
    public static Broker startForLoad() {
        return start(FreePort.find(), FreePort.find(), Map.of(), UNDER_LOAD);
    }

    private static Broker start(
            int port, int controllerPort, Map<String, String> settings, String... options) {
        try {
            Path brokers = Files.createDirectories(Path.of("target", "brokers"));
            return new Broker(
                    Files.createTempDirectory(brokers, "broker-"),
                    port,
                    controllerPort,
                    settings,
                    options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The broker that all tests of this JVM share: for tests that use topics and groups of their
     * own names and leave the broker running.
     */
    public static Broker shared() {
        return Shared.BROKER;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** An admin client of the running broker, which ends with it. */
    public Admin admin() {
        return admin;
    }

    /** Makes a topic with the broker's defaults. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Makes a topic and waits until the broker serves it. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        done(admin.createTopics(List.of(topic)).all());
        process.await("serve topic " + name, () -> serves(name));
    }

    /** Deletes a topic and waits until the broker no longer knows it. */
    public void deleteTopic(String name) {
        done(admin.deleteTopics(List.of(name)).all());
        process.await("forget topic " + name, () -> !serves(name));
    }

    /**
     * Flips a bit of the value of the last record that a partition keeps, as a bad disk does.
     *
     * @return where the bit is, for {@link #flipBit}
     */
    public long flipLastBit(String topic, int partition) {
        try {
            // The last byte is the number of headers; the one before belongs to the value.
            long at = Files.size(segment(topic, partition)) - 2;
            flipBit(topic, partition, at);
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips the bit again: what was broken is whole. */
    public void flipBit(String topic, int partition, long at) {
        try (FileChannel file =
                FileChannel.open(
                        segment(topic, partition),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, at);
            file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path segment(String topic, int partition) {
        return data.resolve(topic + "-" + partition).resolve("00000000000000000000.log");
    }

    /** Ends the broker in an orderly way. Its data stays. */
    public void stop() {
        admin.close();
        process.terminate();
    }

    /** Ends the broker as a power cut would. Its data stays. */
    public void kill() {
        admin.close();
        process.kill();
    }

    /** Starts it again after {@link #stop()} or {@link #kill()}: same port, same data. */
    public void restart() {
        launch();
    }

    /** Ends the broker and removes its data. */
    @Override
    public void close() {
        kill();
        deleteData();
    }

    private void launch() {
        process = command.start().awaitStdout(BrokerMain.READY);
        admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
        process.await("join its cluster", this::hasJoined);
    }

    private boolean hasJoined() {
        return done(admin.describeCluster().nodes()).stream().anyMatch(node -> node.port() == port);
    }

    private boolean serves(String topic) {
        try {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .stream()
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T done(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void deleteData() {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final Broker BROKER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
        }
    }
}
