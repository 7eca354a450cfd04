package io.github.orderlookup.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types the shell blocks of the README and of docs into a shell: against a running service, with
 * its ports in place of the documented ones. Maven, kcat, docker and kafka-topics.sh are stand-ins;
 * what Maven is asked for must be there, the service, where it is started, is stopped once it is
 * alive, and curl is the browser of the command sign-in.
 */
class ReadmeShellIT {
    private static final String REPLIES = "order-lookup-demo.replies";

    /** As they are called by default: no other test may use these names. */
    private static final List<String> TOPICS =
            List.of(
                    "order-lookup.requests",
                    "order-lookup.results",
                    "order-lookup.errors",
                    REPLIES);

    /** An id that fails, and may be asked for again. */
    private static final String DOWN = "http-503--readme";

    @TempDir private static Path directory;
    private static RunningService service;
    private static Path bin;
    private static Path asked;

    static List<CodeBlock> blocks() throws IOException {
        return ReadmeTest.blocks().stream()
                .filter(block -> block.language().equals("shell"))
                .toList();
    }

    @BeforeAll
    static void startService() throws IOException {
        RunningService.Builder options =
                RunningService.builder()
                        .without("order-lookup.rest.api-keys")
                        .setting("order-lookup.max-attempts", "1")
                        .setting("order-lookup.request-topic", "order-lookup.requests")
                        .setting("order-lookup.results-topic", "order-lookup.results")
                        .setting("order-lookup.errors-topic", "order-lookup.errors")
                        .setting("order-lookup.reply-topics", REPLIES.replace(".", "[.]"));
        TOPICS.forEach(topic -> options.topic(topic, 1, Map.of()));
        service = options.start();
        service.client()
                .send(
                        "order-lookup.requests",
                        (String) null,
                        "{\"customerId\": \"4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54\", \"orderId\": \"%s\"}"
                                .formatted(DOWN));
        bin = Files.createDirectories(directory.resolve("bin"));
        asked = directory.resolve("asked");
        standIns();
    }

    @AfterAll
    static void stopService() {
        service.close();
        TOPICS.forEach(service.broker()::deleteTopic);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void runs(CodeBlock block) throws Exception {
        Path output = directory.resolve("block-" + block.line());
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", withOurPorts(block.text()));
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        settings(shell.environment());
        shell.redirectErrorStream(true).redirectOutput(output.toFile());
        shell.redirectInput(Path.of("/dev/null").toFile());

        Process process = shell.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroy();

        String printed = Files.readString(output);
        assertThat(ended).as("%s did not end; it printed%n%s", block, printed).isTrue();
        assertThat(process.exitValue()).as("%s printed%n%s", block, printed).isZero();
        if (Files.exists(asked)) {
            for (String goals : Files.readAllLines(asked)) {
                Maven.assertThatItKnows(goals);
            }
            Files.delete(asked);
        }
        if (block.text().contains("order-lookup.errors")) {
            assertThatItIsAskedForAgain();
        }
    }

    private static void assertThatItIsAskedForAgain() {
        assertThat(service.client().readAll("order-lookup.requests"))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .filteredOn(request -> request.contains(DOWN))
                .hasSizeGreaterThan(1);
    }

    private static String withOurPorts(String text) {
        return text.replace("/opt/order-lookup/", "target/")
                .replace("-jar order-lookup.jar", "-jar target/order-lookup.jar")
                .replace("127.0.0.1:8080", service.rest().getAuthority())
                .replace("127.0.0.1:9876", service.management().getAuthority())
                .replace("127.0.0.1:8081", service.rest().getAuthority())
                .replace("127.0.0.1:9092", service.broker().bootstrapServers())
                .replace("kafka.contoso.com:9092", service.broker().bootstrapServers());
    }

    /** For commands and services that the blocks start themselves. */
    private static void settings(Map<String, String> environment) {
        Simulator simulator = service.simulator();
        environment.put("PARTNER_CENTER_API_URL", simulator.apiUrl().toString());
        environment.put("PARTNER_CENTER_LOGIN_URL", simulator.loginUrl().toString());
        environment.put("PARTNER_CENTER_TENANT_ID", Simulator.TENANT_ID);
        environment.put("PARTNER_CENTER_CLIENT_ID", Simulator.CLIENT_ID);
        environment.put("PARTNER_CENTER_CLIENT_SECRET", Simulator.CLIENT_SECRET);
        environment.put("ORDER_LOOKUP_REST_PORT", "" + FreePort.find());
        environment.put("CAMEL_MANAGEMENT_PORT", "" + FreePort.find());
        environment.put("CAMEL_COMPONENT_KAFKA_BROKERS", service.broker().bootstrapServers());
        environment.put(
                "JDK_JAVA_OPTIONS",
                "-Xmx256m -XX:TieredStopAtLevel=1 -Djavax.net.ssl.trustStorePassword=changeit"
                        + " -Djavax.net.ssl.trustStore="
                        + Simulator.trustStore());
    }

    private static void standIns() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        script("mvn", "echo \"$*\" >> " + asked);
        script("curl", "exec " + real("curl") + " --fail-with-body \"$@\"");
        script("kcat", standIn(java, Kcat.class));
        script("kafka-topics.sh", standIn(java, KafkaTopics.class));
        script(
                "docker",
                """
                case "$*" in
                "load -i target/order-lookup-image.tar") ;;
                "run "*) test "${!#}" = order-lookup:%s;;
                *) exit 64;;
                esac
                """
                        .formatted(ReadmeTest.projectVersion()));
        script("ssh", "shift 3; exec \"$@\"");
        script(
                "kubectl",
                """
                case "$*" in
                "exec -it deploy/order-lookup -- /opt/java/bin/java -cp @"*)
                  exec java -jar target/order-lookup.jar "${@: -2}";;
                *) exit 64;;
                esac
                """);
        script(
                "java",
                """
                export PARTNER_CENTER_TOKEN_STORE=%3$s
                case "$*" in
                *" --class-cache "*) %1$s -jar "$2" --help | grep -- --class-cache; test -f "$4";;
                *.jar)
                  unset PARTNER_CENTER_TOKEN_STORE
                  %1$s "$@" & pid=$!
                  until %2$s -sf "http://127.0.0.1:$CAMEL_MANAGEMENT_PORT/observe/health/live"
                  do kill -0 $pid; sleep 0.2; done
                  kill $pid; wait $pid || test $? = 143;;
                *" sign-in --device-code") PARTNER_CENTER_AUTH_MODE=app-user exec %1$s "$@";;
                *" sign-in"*)
                  PARTNER_CENTER_AUTH_MODE=app-user %1$s "$@" 2> %3$s.log & pid=$!
                  until grep -o 'https://.*authorize.*' %3$s.log; do kill -0 $pid; sleep 0.2; done
                  %2$s -skfL "$(grep -o 'https://.*authorize.*' %3$s.log)"
                  wait $pid;;
                *) unset PARTNER_CENTER_TOKEN_STORE; exec %1$s "$@";;
                esac
                """
                        .formatted(java, real("curl"), directory.resolve("refresh-token.json")));
    }

    private static String standIn(String java, Class<?> main) {
        return "exec %s -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
                .formatted(java, System.getProperty("java.class.path"), main.getName());
    }

    private static void script(String name, String text) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\nset -e\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String real(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program + " is missing"))
                .toString();
    }
}
