package io.github.orderlookup.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.broker.GuardedBroker;
import io.github.orderlookup.cli.Commands;
import io.github.orderlookup.cli.SettingsAsTexts;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check against a broker that allows what the security page asks for, or a right less. */
class CheckRightsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The name of the group, and what the names of the topics begin with. */
    private static final String GROUP = "check-rights";

    @TempDir private static Path directory;
    private static GuardedBroker broker;
    private static Simulator simulator;

    private final Map<String, String> settings = new LinkedHashMap<>();

    /** What a command did. */
    private record Ended(int code, String out) {

        /** The findings with this mark. */
        List<JsonNode> marked(String mark) throws IOException {
            return StreamSupport.stream(JSON.readTree(out).path("findings").spliterator(), false)
                    .filter(finding -> finding.path("mark").asText().equals(mark))
                    .toList();
        }
    }

    @BeforeAll
    static void start() {
        broker = GuardedBroker.start();
        simulator = Simulator.builder().http().start();
        List.of("requests", "results", "errors", "replies")
                .forEach(topic -> broker.broker().createTopic(name(topic), 1));
    }

    @AfterAll
    static void close() {
        simulator.close();
        broker.close();
    }

    @BeforeEach
    void grantWhatIsNeeded() throws Exception {
        right("requests", AclOperation.READ);
        right("results", AclOperation.WRITE);
        right("errors", AclOperation.WRITE);
        right("replies", AclOperation.WRITE);
        right("group", AclOperation.READ);
        settings.put("partner-center.api-url", simulator.apiUrl().toString());
        settings.put("partner-center.login-url", simulator.loginUrl().toString());
        settings.put("partner-center.tenant-id", Simulator.TENANT_ID);
        settings.put("partner-center.client-id", Simulator.CLIENT_ID);
        settings.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        settings.put("order-lookup.request-topic", name("requests"));
        settings.put("order-lookup.results-topic", name("results"));
        settings.put("order-lookup.errors-topic", name("errors"));
        settings.put("order-lookup.reply-topics", name("replies"));
        settings.put("order-lookup.group-id", GROUP);
        settings.putAll(broker.settings(GuardedBroker.PASSWORD));
    }

    @Test
    void isContentWithTheRightsOfTheSecurityPage() throws IOException {
        Ended ended = jar("check", "--json");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.marked("ok"))
                .extracting(finding -> finding.path("text").asText())
                .contains(
                        name("requests") + ": READ is allowed",
                        name("results") + ": WRITE is allowed",
                        name("errors") + ": WRITE is allowed",
                        name("replies") + ": WRITE is allowed",
                        GROUP + ": READ is allowed, 0 members");
    }

    @ParameterizedTest(name = "{2} {0} with {1}")
    @CsvSource({
        "requests, nothing, READ",
        "requests, DESCRIBE, READ",
        "results, nothing, WRITE",
        "results, DESCRIBE, WRITE",
        "errors, nothing, WRITE",
        "errors, READ, WRITE",
        "replies, DESCRIBE, WRITE",
        "group, nothing, READ",
        "group, DESCRIBE, READ"
    })
    void namesTheOneRightThatIsMissing(String resource, String left, String missing)
            throws Exception {
        right(resource, left.equals("nothing") ? AclOperation.UNKNOWN : AclOperation.valueOf(left));

        Ended list = inThisJvm("check");
        Ended json = inThisJvm("check", "--json");

        String remedy =
                "--operation %s --%s %s"
                        .formatted(
                                missing,
                                kind(resource).toString().toLowerCase(Locale.ROOT),
                                name(resource));
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.marked("fault"))
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.path("text").asText())
                                    .startsWith(
                                            name(resource) + ": " + missing + " is not allowed");
                            assertThat(fault.path("remedy").asText()).endsWith(remedy);
                        });
        assertThat(list.code()).isEqualTo(1);
        assertThat(list.out())
                .containsPattern("FAULT .*" + name(resource) + ": " + missing + " is not allowed")
                .containsPattern("-> kafka-acls.sh .* " + remedy + "\\R")
                .containsPattern(" 1 at fault\\R$");
    }

    @Test
    void saysThatTheLoginIsRefused() throws IOException {
        settings.putAll(broker.settings("another-pa55word"));

        Ended ended = jar("check", "--json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.marked("fault"))
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.path("part").asText()).isEqualTo("kafka brokers");
                            assertThat(fault.path("text").asText())
                                    .startsWith("The brokers refuse our login");
                            assertThat(fault.path("remedy").asText()).contains("sasl-jaas-config");
                        });
        assertThat(ended.out()).doesNotContain("another-pa55word");
    }

    /** Leaves this one right on it; none at all for {@link AclOperation#UNKNOWN}. */
    private static void right(String resource, AclOperation right) throws Exception {
        broker.revoke(kind(resource), name(resource));
        if (right != AclOperation.UNKNOWN) {
            broker.grant(kind(resource), name(resource), right);
        }
    }

    private static ResourceType kind(String resource) {
        return resource.equals("group") ? ResourceType.GROUP : ResourceType.TOPIC;
    }

    private static String name(String resource) {
        return resource.equals("group") ? GROUP : GROUP + "." + resource;
    }

    private Ended inThisJvm(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Commands.run(new SettingsAsTexts(settings), out, out, arguments);
        return new Ended(code, bytes.toString(StandardCharsets.UTF_8));
    }

    private Ended jar(String... arguments) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(directory.resolve("application.properties"))) {
            properties.store(writer, null);
        }
        JavaCommand command =
                JarProcess.in(directory)
                        .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .arguments(arguments);
        try (ChildProcess child = command.start()) {
            return new Ended(child.awaitExit(), child.stdout());
        }
    }
}
