package io.github.orderlookup.system;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The packaged jar as a process of its own, between a broker, usually the shared one, and a
 * simulator of its own, with topics and a group of its own. Settings come from {@code
 * application.properties} in its directory under {@code target}.
 *
 * <p>Not thread-safe, apart from what it hands out.
 */
public final class RunningService implements AutoCloseable {
    /** The API key of the REST endpoint. */
    public static final String API_KEY = "key-of-the-tests";

    private static final String[] QUICK_START = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"
    };

    private final Topics topics;
    private final Simulator simulator;
    private final boolean ownSimulator;
    private final @Nullable Broker broker;
    private final @Nullable TopicClient client;
    private final URI rest;
    private final URI management;
    private final Path directory;
    private final JavaCommand command;
    private ChildProcess process;

    private RunningService(Builder options) {
        topics = options.topics;
        broker = options.broker();
        client = broker == null ? null : new TopicClient(broker.bootstrapServers());
        ownSimulator = options.beside == null;
        simulator = options.beside == null ? options.simulator.start() : options.beside.simulator;
        int restPort = FreePort.find();
        int managementPort = FreePort.find();
        rest = URI.create("http://127.0.0.1:" + restPort);
        management = URI.create("http://127.0.0.1:" + managementPort);
        directory = freshDirectory();
        Map<String, String> settings = defaults(restPort, managementPort);
        settings.putAll(options.settings);
        settings.keySet().removeAll(options.left);
        write(settings);
        command = JarProcess.in(directory).options(QUICK_START);
        if (!options.jvmTrust) {
            command.property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                    .property("javax.net.ssl.trustStorePassword", "changeit");
        }
        options.properties.forEach(command::property);
        options.jvmOptions.forEach(command::options);
        options.environment.forEach(command::environment);
        try {
            options.createTopics(broker);
            process = launch();
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    public static Builder builder() {
        return new Builder(Topics.unique(), null);
    }

    /**
     * Another instance of a service: same topics, group, broker and simulator, ports of its own.
     * Its settings are the defaults unless they are set again. It ends before the first one.
     */
    public static Builder beside(RunningService first) {
        return new Builder(first.topics, first);
    }

    /** A service with the defaults of {@link Builder}. */
    public static RunningService start() {
        return builder().start();
    }

    public Topics topics() {
        return topics;
    }

    public Simulator simulator() {
        return simulator;
    }

    /** The broker that it uses. */
    public Broker broker() {
        return required(broker);
    }

    /** Writes and reads the records of its broker. */
    public TopicClient client() {
        return required(client);
    }

    /** Origin of the REST endpoint, without a path. */
    public URI rest() {
        return rest;
    }

    /** Origin of the management server, without a path. */
    public URI management() {
        return management;
    }

    /** The process that runs now, or ran last. */
    public ChildProcess process() {
        return process;
    }

    /** Its working directory, with {@code application.properties} and what it has printed. */
    public Path directory() {
        return directory;
    }

    /** Starts the service again after it has ended: same settings, same topics. */
    public void restart() {
        process = launch();
    }

    /** Ends the process without asking, and the simulator. The topics stay. */
    @Override
    public void close() {
        process.close();
        release();
    }

    private void release() {
        if (client != null) {
            client.close();
        }
        if (ownSimulator) {
            simulator.close();
        }
    }

    private ChildProcess launch() {
        return command.start().awaitReady(management.resolve("/observe/health/live"));
    }

    private Map<String, String> defaults(int restPort, int managementPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("partner-center.api-url", simulator.apiUrl().toString());
        settings.put("partner-center.login-url", simulator.loginUrl().toString());
        settings.put("partner-center.tenant-id", Simulator.TENANT_ID);
        settings.put("partner-center.client-id", Simulator.CLIENT_ID);
        settings.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        settings.put("partner-center.requests-per-minute", "0");
        settings.put("order-lookup.request-topic", topics.requests());
        settings.put("order-lookup.results-topic", topics.results());
        settings.put("order-lookup.errors-topic", topics.errors());
        settings.put("order-lookup.group-id", topics.group());
        settings.put("order-lookup.kafka.enabled", Boolean.toString(broker != null));
        settings.put("order-lookup.rest.port", Integer.toString(restPort));
        settings.put("order-lookup.rest.api-keys", API_KEY);
        settings.put("camel.management.port", Integer.toString(managementPort));
        if (broker != null) {
            settings.put("camel.component.kafka.brokers", broker.bootstrapServers());
        }
        return settings;
    }

    private void write(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(directory.resolve("application.properties"))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path freshDirectory() {
        try {
            Path services = Files.createDirectories(Path.of("target", "services"));
            return Files.createTempDirectory(services, "service-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("This service was started without Kafka");
        }
        return part;
    }

    /**
     * How a service starts. Its defaults: https to a simulator with the Orders of the test
     * resources, no request budget, one API key, both endpoints on, four partitions for requests
     * and two for every other topic.
     */
    public static final class Builder {
        private final Topics topics;
        private final @Nullable RunningService beside;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Set<String> left = new HashSet<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, NewTopicOptions> toCreate = new LinkedHashMap<>();
        private Simulator.Builder simulator = Simulator.builder();
        private @Nullable Broker broker;
        private boolean kafka = true;
        private boolean jvmTrust;

        private record NewTopicOptions(int partitions, Map<String, String> configs) {}

        private Builder(Topics topics, @Nullable RunningService beside) {
            this.topics = topics;
            this.beside = beside;
            if (beside != null) {
                broker = beside.broker;
                return;
            }
            topic(topics.requests(), 4, Map.of());
            topic(topics.results(), 2, Map.of());
            topic(topics.errors(), 2, Map.of());
            topic(topics.replies(), 2, Map.of());
        }

        /** The names that the service is going to have, for settings and topics that need them. */
        public Topics topics() {
            return topics;
        }

        /** Sets a key of {@code application.properties}, in place of the default here if any. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** Leaves a key out that has a default here. */
        public Builder without(String key) {
            left.add(key);
            return this;
        }

        /** Sets a system property of the process. */
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /** Trusts the authorities of its JVM, which do not know the simulator. */
        public Builder jvmTrust() {
            jvmTrust = true;
            return this;
        }

        /** Gives the process an option of its JVM. */
        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** Sets an environment variable of the process. */
        public Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** The simulator to start; https at both origins unless said otherwise. */
        public Builder simulator(Simulator.Builder simulator) {
            this.simulator = simulator;
            return this;
        }

        /** Makes this topic too, or one of the usual ones in another way. */
        public Builder topic(String name, int partitions, Map<String, String> configs) {
            toCreate.put(name, new NewTopicOptions(partitions, configs));
            return this;
        }

        /** Does not make this topic. */
        public Builder withoutTopic(String name) {
            toCreate.remove(name);
            return this;
        }

        /** Uses this broker instead of the shared one. */
        public Builder broker(Broker broker) {
            this.broker = broker;
            return this;
        }

        /** Closes the Kafka endpoint: no broker is needed. */
        public Builder withoutKafka() {
            kafka = false;
            return this;
        }

        /** Starts the service; returns once it is alive, which is before it polls. */
        public RunningService start() {
            ClassArchive.make();
            return new RunningService(this);
        }

        private @Nullable Broker broker() {
            if (!kafka) {
                return null;
            }
            return broker == null ? Broker.shared() : broker;
        }

        private void createTopics(@Nullable Broker broker) {
            if (broker != null) {
                toCreate.forEach(
                        (name, options) ->
                                broker.createTopic(name, options.partitions(), options.configs()));
            }
        }
    }
}
