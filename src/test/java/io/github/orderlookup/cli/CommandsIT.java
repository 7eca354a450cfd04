package io.github.orderlookup.cli;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.description.Schemas;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of the packaged jar, against a simulator behind TLS and a broker. */
class CommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Simulator simulator;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory;
    private boolean trusting = true;

    /** What a command did. */
    private record Ended(int code, String out, String err) {
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }

        /** The texts of the findings with this mark, each behind its part. */
        List<String> marked(String mark) throws IOException {
            return StreamSupport.stream(json().path("findings").spliterator(), false)
                    .filter(finding -> finding.path("mark").asText().equals(mark))
                    .map(
                            finding ->
                                    finding.path("part").asText()
                                            + ": "
                                            + finding.path("text").asText())
                    .toList();
        }
    }

    @BeforeAll
    static void startSimulator() {
        simulator = Simulator.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void describe() throws IOException {
        Path commands = Files.createDirectories(Path.of("target", "commands"));
        directory = Files.createTempDirectory(commands, "command-").toAbsolutePath();
        settings.put("partner-center.api-url", simulator.apiUrl().toString());
        settings.put("partner-center.login-url", simulator.loginUrl().toString());
        settings.put("partner-center.tenant-id", Simulator.TENANT_ID);
        settings.put("partner-center.client-id", Simulator.CLIENT_ID);
        settings.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        settings.put("order-lookup.rest.api-keys", "key-of-the-canary");
    }

    @Test
    void checksEverythingFromTheSettingsToTheReplyTopics() throws IOException {
        String name = "check-" + UUID.randomUUID().toString().substring(0, 8);
        Broker broker = Broker.shared();
        broker.createTopic(name + ".requests", 3);
        broker.createTopic(name + ".results", 2);
        broker.createTopic(name + ".errors", 1);
        broker.createTopic(name + ".reply.a", 1);
        kafka(name);

        Ended ended = run("check", "--json");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.json().path("ok").asBoolean()).isTrue();
        assertThat(ended.marked("fault")).isEmpty();
        assertThat(ended.marked("ok"))
                .anyMatch(text -> text.startsWith("dns API: localhost is "))
                .anyMatch(text -> text.startsWith("tls API: CN=localhost, good until "))
                .anyMatch(text -> text.startsWith("token: issued, app-only"))
                .anyMatch(text -> text.startsWith("API answers: HTTP 404, code 60003"))
                .contains(
                        "kafka brokers: 1 answering behind " + broker.bootstrapServers(),
                        "topic requests: " + name + ".requests: READ is allowed",
                        "topic results: " + name + ".results: WRITE is allowed",
                        "topic errors: " + name + ".errors: min.insync.replicas 1, in sync 1",
                        "consumer group: " + name + ": READ is allowed, 0 members",
                        "reply topics: " + name + ".reply.a: WRITE is allowed");
        assertThat(ended.marked("note"))
                .contains("topic requests: " + name + ".requests: 3 partitions, replication 1");
        assertThatNothingLeaks(ended);
    }

    @Test
    void reportsFindingsOfEveryPartInOneGo() throws IOException {
        String name = "faulty-" + UUID.randomUUID().toString().substring(0, 8);
        Broker.shared().createTopic(name + ".requests", 1);
        Broker.shared().createTopic(name + ".errors", 1, Map.of("cleanup.policy", "compact"));
        kafka(name);
        settings.put("partner-center.client-secret", "canary-secret-that-is-wrong");

        Ended ended = run("check");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("FAULT +token +The client secret is wrong.*AADSTS7000215")
                .containsPattern("skip +API answers +There is no token")
                .containsPattern("FAULT +topic results +" + name + ".results does not exist")
                .contains("-> kafka-topics.sh --bootstrap-server")
                .containsPattern("FAULT +topic errors +" + name + ".errors is compacted")
                .containsPattern("note +reply topics +No topic that we see matches")
                .containsPattern("3 at fault\\R$");
        assertThat(ended.out() + ended.err()).doesNotContain("canary-secret-that-is-wrong");
        assertThatNothingLeaks(ended);
    }

    @Test
    void findsACertificateThatIsNotTrustedAndABrokerThatIsNotThere() throws IOException {
        trusting = false;
        settings.put("camel.component.kafka.brokers", "127.0.0.1:" + FreePort.find());

        Ended ended = run("check", "--json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.marked("fault"))
                .anyMatch(text -> text.startsWith("tls login host: Its certificate was issued by"))
                .anyMatch(text -> text.startsWith("tls API: Its certificate was issued by"))
                .anyMatch(text -> text.startsWith("kafka brokers: No broker answered"));
        assertThatNothingLeaks(ended);
    }

    @Test
    void refusesWrongSettingsAsTheStartOfTheServiceDoes() throws IOException {
        settings.put("order-lookup.max-pending", "-1");
        settings.put("camel.component.kafka.brokers", "nowhere");

        Ended check = run("check");
        Ended lookup = run("lookup", CUSTOMER, "order--1");

        assertThat(check.code()).isEqualTo(78);
        assertThat(check.out()).contains("order-lookup.max-pending", "brokers", "2 at fault");
        assertThat(lookup.code()).isEqualTo(78);
        assertThat(lookup.out()).isEmpty();
        assertThat(lookup.err()).startsWith("order-lookup cannot start: 2 faults");
    }

    @Test
    void looksAnOrderUpAndPrintsItWithoutLoss() throws IOException {
        // Nothing of this starts an endpoint of a command.
        environment.put("ORDER_LOOKUP_KAFKA_ENABLED", "true");
        settings.put("order-lookup.rest.port", "1");
        settings.put("camel.component.kafka.brokers", "127.0.0.1:" + FreePort.find());
        String json =
                """
                {"id":"-aRlXi2qGKM7lL0ZxN6pbZtTHDfQ3Bhv1","referenceCustomerId":"%s",\
                "unknown":null,"exact":1234567890123456.789012345}"""
                        .formatted(CUSTOMER);
        simulator.addOrder(json);

        Ended ended = run("lookup", CUSTOMER, "-aRlXi2qGKM7lL0ZxN6pbZtTHDfQ3Bhv1");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(json + System.lineSeparator());
        Schemas.checkOrder(ended.out().getBytes(StandardCharsets.UTF_8));
        assertThatNothingLeaks(ended);
    }

    @Test
    void printsTheProblemAndTellsByItsCodeWhetherToAskAgain() throws IOException {
        settings.put("order-lookup.max-attempts", "1");

        Ended missing = run("lookup", CUSTOMER, "no-such-order");
        Ended down = run("lookup", CUSTOMER, "http-503--1");

        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).isEmpty();
        assertThat(problem(missing).path("type").asText()).endsWith(":order-not-found");
        assertThat(problem(missing).path("orderId").asText()).isEqualTo("no-such-order");
        assertThat(down.code()).isEqualTo(75);
        assertThat(problem(down).path("retryable").asBoolean()).isTrue();
        assertThatNothingLeaks(missing);
    }

    @Test
    void explainsItself() {
        Ended help = run("--help");
        Ended version = run("--version");
        Ended unknown = run("chek");

        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("Usage: java -jar order-lookup.jar", "sign-in", "check", "lookup");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("order-lookup \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(unknown.code()).isEqualTo(64);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("chek", "check");
    }

    private static JsonNode problem(Ended ended) throws IOException {
        List<String> lines = ended.err().lines().toList();
        String problem = lines.get(lines.size() - 1);
        Schemas.checkProblem(problem.getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(problem);
    }

    private void kafka(String name) {
        settings.put("camel.component.kafka.brokers", Broker.shared().bootstrapServers());
        settings.put("order-lookup.request-topic", name + ".requests");
        settings.put("order-lookup.results-topic", name + ".results");
        settings.put("order-lookup.errors-topic", name + ".errors");
        settings.put("order-lookup.group-id", name);
        settings.put("order-lookup.reply-topics", name + "[.]reply[.].+");
    }

    private Ended run(String... arguments) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(directory.resolve("application.properties"))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        JavaCommand command =
                JarProcess.in(directory)
                        .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .arguments(arguments);
        environment.forEach(command::environment);
        if (trusting) {
            command.property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                    .property("javax.net.ssl.trustStorePassword", "changeit");
        }
        try (ChildProcess child = command.start()) {
            return new Ended(child.awaitExit(), child.stdout(), child.stderr());
        }
    }

    private static void assertThatNothingLeaks(Ended ended) {
        List<String> tokens =
                simulator.apiLog().all().stream().flatMap(call -> call.bearer().stream()).toList();
        assertThat(ended.out() + ended.err())
                .doesNotContain(Simulator.CLIENT_SECRET, "key-of-the-canary")
                .doesNotContain("eyJ");
        assertThat(tokens).allSatisfy(token -> assertThat(ended.out()).doesNotContain(token));
    }
}
