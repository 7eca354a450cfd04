package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged jar on machines that are unlike the one on which it was written. */
class SettingsIT {
    private static final int CONFIGURATION_ERROR = 78;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Path starts = Files.createDirectories(Path.of("target", "starts"));
        directory = Files.createTempDirectory(starts, "settings-").toAbsolutePath();
    }

    /** A Turkish locale, ASCII as the charset, no temporary files, a path of odd characters. */
    @Test
    void startsWhateverTheLocaleTheCharsetAndTheDirectory() throws IOException {
        Path home = Files.createDirectories(directory.resolve("a!b c+d%20\u00e4"));
        link(Path.of("target"), home);
        int management = FreePort.find();
        int rest = FreePort.find();
        try (Simulator simulator = Simulator.start()) {
            write(
                    "\uFEFFpartner-center.client-id=" + Simulator.CLIENT_ID,
                    "partner-center.api-url=" + simulator.apiUrl(),
                    "partner-center.login-url=" + simulator.loginUrl(),
                    "partner-center.client-secret=" + Simulator.CLIENT_SECRET + "  ",
                    "partner-center.application-name={{my.name}}",
                    "my.name={{env:my.i.name}}",
                    "order-lookup.kafka.enabled=false",
                    "order-lookup.rest.api-keys=ab{{cd}}-key",
                    "order-lookup.rest.port=" + rest);
            JavaCommand jar =
                    command(home.resolve("order-lookup.jar"))
                            .options("-Duser.language=tr", "-Duser.country=TR")
                            .options("-Dfile.encoding=US-ASCII", "-Djava.io.tmpdir=/proc/none")
                            .environment("PARTNER_CENTER_TENANT_ID", Simulator.TENANT_ID + "\n")
                            .environment("MY_I_NAME", "Name")
                            .environment("CAMEL_MANAGEMENT_PORT", "" + management)
                            .environment("ORDER_LOOKUP_REST_PORT", "tcp://10.43.1.2:8080")
                            .environment("OTEL_PROPAGATORS", "b3multi")
                            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
            try (ChildProcess child = jar.start()) {
                child.awaitReady(at(management, "/observe/health/live"));

                var client = new RestClient(at(rest, ""), at(management, ""));

                assertThat(client.lookUp("order--1", "X-API-Key", "ab{{cd}}-key").statusCode())
                        .isEqualTo(200);
                assertThat(client.lookUp("order--1", "X-None", "x").statusCode()).isEqualTo(401);
            }
            assertThat(
                            simulator
                                    .apiLog()
                                    .forOrder("order--1")
                                    .get(0)
                                    .header("MS-PartnerCenter-Application"))
                    .contains("Name");
        }
    }

    @Test
    void givesKafkaTheGroupIdAsItIsWritten() {
        String group = "a+b c%41&d=e#f?RAW(g){{h}" + System.nanoTime();
        try (RunningService service =
                        RunningService.builder().setting("order-lookup.group-id", group).start();
                Asker asker = new Asker(service)) {
            assertThat(asker.ask(Asker.request("order--1")).kind()).isEqualTo("found");
            service.process().terminate();

            assertThat(service.client().committedOffsets(group).values())
                    .anyMatch(committed -> committed > 0);
        }
    }

    @Test
    void refusesWhatIsThereAndCannotBeReadWithoutATraceOrASignal() throws IOException {
        Files.createDirectory(directory.resolve("application.properties"));

        assertThatItIsRefused(jar(), "application.properties: ", "is a directory");
    }

    @Test
    void refusesEverythingThatCannotBeUnderstoodInOneMessage() throws IOException {
        write(
                "partner-center.tenant-id=contoso.onmicrosoft.com",
                "partner-center.client-certificate=C:\\users\\x",
                "order-lookup.rest.api-keys={{env:NOPE}}",
                "order-lookup.rest.tls-certificate={{?x}}",
                "partner-center.requests-per-minute={{nope}}",
                "partner-center.refresh-token=",
                "partner-center.client-certificate-password-file=" + directory,
                "partner-center.client-assertion-file=no-such-file",
                "order-lookup.rest.api-keys-file=application.properties",
                "Order-Lookup.deadline=1s",
                "camel.component.kafka.security-protocl=SSL",
                "camel.component.kafka.batching=true",
                "camel.component.kafka.additional-properties[request.timeout.ms]=30000",
                "camel.management.info-enabled=perhaps");
        String[] keys = {
            "application.properties line 2: ",
            "partner-center.client-id: ",
            "order-lookup.rest.api-keys: ",
            "order-lookup.rest.tls-certificate: ",
            "partner-center.requests-per-minute: ",
            "partner-center.refresh-token: ",
            "partner-center.client-certificate-password-file: ",
            "partner-center.client-assertion-file: ",
            "order-lookup.rest.api-keys-file: ",
            "Order-Lookup.deadline: ",
            "camel.component.kafka.security-protocl: ",
            "camel.component.kafka.batching: ",
            "camel.component.kafka.additional-properties[request.timeout.ms]: ",
            "camel.management.info-enabled: ",
            "CAMEL_COMPONENT_KAFKA_BROKER: "
        };

        assertThatItIsRefused(
                jar().environment("CAMEL_COMPONENT_KAFKA_BROKER", "kafka:9092"), keys);
    }

    private static void assertThatItIsRefused(JavaCommand jar, String... reasons) {
        try (ChildProcess child = jar.start()) {
            assertThat(child.awaitExit()).isEqualTo(CONFIGURATION_ERROR);

            assertThat(child.stderr()).contains(reasons).doesNotContain("\tat ", "Exception");
            assertThat(child.stdout()).doesNotContain("SIGTERM", "ERROR", "exception");
        }
        try (ChildProcess child = jar.arguments("check").start()) {
            assertThat(child.awaitExit()).isEqualTo(CONFIGURATION_ERROR);

            assertThat(child.stdout()).contains(reasons);
            assertThat(child.stderr()).doesNotContain("\tat ");
        }
    }

    private JavaCommand jar() {
        return JarProcess.in(directory).options("-Xmx256m", "-XX:TieredStopAtLevel=1");
    }

    private JavaCommand command(Path jar) {
        return JavaCommand.ofJar("order-lookup", jar)
                .directory(directory)
                .options("-Xmx256m", "-XX:TieredStopAtLevel=1")
                .property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                .property("javax.net.ssl.trustStorePassword", "changeit");
    }

    private void write(String... lines) throws IOException {
        Files.write(
                directory.resolve("application.properties"),
                List.of(lines),
                StandardCharsets.UTF_8);
    }

    /** The jar and its libraries, as hard links. */
    private static void link(Path from, Path to) throws IOException {
        Files.copy(from.resolve("order-lookup.jar"), to.resolve("order-lookup.jar"));
        Path libraries = from.resolve("lib");
        Files.walkFileTree(
                libraries,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path link = to.resolve("lib").resolve(libraries.relativize(file));
                        Files.createDirectories(link.getParent());
                        Files.createLink(link, file);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
