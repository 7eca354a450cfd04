package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.RestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start of the packaged jar as its operator meets it: settings, ports, exit codes. */
class StartIT {
    private static final int CONFIGURATION_ERROR = 78;
    private static final String LOG_LINE =
            "\\{\"time\":\"[-0-9]{10}T[:0-9]{8}\\.\\d{3}Z\",\"level\":\"(INFO|WARN|ERROR)\",.*}";

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Path starts = Files.createDirectories(Path.of("target", "starts"));
        directory = Files.createTempDirectory(starts, "start-");
    }

    @Test
    void listsEveryErrorInOneMessageWhenNothingIsSet() {
        try (ChildProcess child = jar().start()) {
            assertThat(child.awaitExit()).isEqualTo(CONFIGURATION_ERROR);

            assertThat(child.stderr().lines())
                    .hasSize(7)
                    .first()
                    .asString()
                    .startsWith("order-lookup cannot start: 3 faults in its settings.");
            assertThat(faultyKeys(child))
                    .containsExactly(
                            "partner-center.tenant-id",
                            "partner-center.client-id",
                            "partner-center.client-secret");
            assertThat(child.stderr().lines().filter(line -> line.contains("accepted: ")))
                    .hasSize(3);
            assertThat(child.stdout().lines())
                    .allSatisfy(line -> assertThat(line).matches(LOG_LINE))
                    .noneSatisfy(line -> assertThat(line).contains("ERROR"))
                    .noneSatisfy(line -> assertThat(line).contains("partner-center."));
        }
    }

    @Test
    void findsErrorsWhereverTheyWereSet() throws IOException {
        write("partner-center.cloud=germany", "partner-center.client-ids=x");
        JavaCommand jar =
                application()
                        .property("order-lookup.rest.host", "0.0.0.0")
                        .property("camel.management.port", "many")
                        .property("order-lookup.kafka.enable", "false")
                        .environment("ORDER_LOOKUP_MAX_IN_FLIGHT", "0")
                        .environment("CAMEL_COMPONENT_KAFKA_BROKERS", "nowhere")
                        .environment("PARTNER_CENTER_CLIENTSECRET", "x")
                        .environment("ORDER_LOOKUP_SERVICE_HOST", "10.0.0.1");

        try (ChildProcess child = jar.start()) {
            assertThat(child.awaitExit()).isEqualTo(CONFIGURATION_ERROR);

            assertThat(faultyKeys(child))
                    .containsExactlyInAnyOrder(
                            "partner-center.cloud",
                            "partner-center.client-ids",
                            "order-lookup.max-in-flight",
                            "order-lookup.rest.api-keys",
                            "order-lookup.kafka.enable",
                            "camel.management.port",
                            "camel.component.kafka.brokers",
                            "PARTNER_CENTER_CLIENTSECRET");
            assertThat(child.stderr()).contains("Microsoft closed that cloud");
        }
    }

    @Test
    void showsNoSecretWhereverItWasPut() throws IOException {
        write(
                "partner-center.tenant-id=s3cr3t-in-the.wrong~place",
                "partner-center.client-id=s3cr3t-in-the-wrong-place",
                "partner-center.client-secret=s3cr3t with blanks",
                "partner-center.client-certificate-password=s3cr3t",
                "partner-center.clientsecret=s3cr3t",
                "partner-center.refresh-token=s3cr3t",
                "partner-center.api-url=https://user:s3cr3t@localhost",
                "partner-center.login-url=https://localhost/?key=s3cr3t",
                "order-lookup.rest.api-keys=s3cr3t,s3cr3t",
                "order-lookup.rest.tls-keystore-password=s3cr3t");
        JavaCommand jar =
                jar().environment("CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", "password=s3cr3t");

        try (ChildProcess child = jar.start()) {
            assertThat(child.awaitExit()).isEqualTo(CONFIGURATION_ERROR);

            assertThat(faultyKeys(child)).hasSizeGreaterThanOrEqualTo(10);
            assertThat(child.stdout() + child.stderr()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void prefersSystemPropertiesToTheFileAndTheEnvironmentToBoth() throws IOException {
        int[] rest = {FreePort.find(), FreePort.find(), FreePort.find()};
        int[] management = {FreePort.find(), FreePort.find(), FreePort.find()};
        try (Simulator simulator = Simulator.start();
                ServerSocket first = listen();
                ServerSocket second = listen();
                ServerSocket third = listen()) {
            write(
                    "partner-center.api-url=" + simulator.apiUrl(),
                    "partner-center.login-url=" + simulator.loginUrl(),
                    "partner-center.include-price=true",
                    "partner-center.application-name=of-the-file",
                    "partner-center.locale=de-DE",
                    "order-lookup.rest.port=" + rest[0],
                    "camel.management.port=" + management[0],
                    "camel.component.kafka.brokers=" + address(first));
            JavaCommand jar =
                    application()
                            .property("partner-center.application-name", "of-the-property")
                            .property("partner-center.locale", "fr-FR")
                            .property("order-lookup.rest.port", "" + rest[1])
                            .property("camel.management.port", "" + management[1])
                            .property("camel.component.kafka.brokers", address(second))
                            .environment("PARTNER_CENTER_LOCALE", "it-IT")
                            .environment("ORDER_LOOKUP_REST_PORT", "" + rest[2])
                            .environment("CAMEL_MANAGEMENT_PORT", "" + management[2])
                            .environment("CAMEL_COMPONENT_KAFKA_BROKERS", address(third));
            try (ChildProcess child = jar.start()) {
                child.awaitReady(at(management[2], "/observe/health/live"));

                var answer = new RestClient(at(rest[2], ""), at(management[2], ""));

                assertThat(answer.lookUp("order--1", "X-None", "x").statusCode()).isEqualTo(200);
                third.accept().close();
                assertThatNobodyConnected(first);
                assertThatNobodyConnected(second);
            }
            Received call = simulator.apiLog().forOrder("order--1").get(0);
            assertThat(call.header("X-Locale")).contains("it-IT");
            assertThat(call.header("MS-PartnerCenter-Application")).contains("of-the-property");
            assertThat(call.query()).containsEntry("include_price", "true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "order-lookup.rest.port, camel.management.port",
        "camel.management.port, order-lookup.rest.port"
    })
    void stopsWithOneReasonWhenAPortIsTaken(String key, String otherKey) throws IOException {
        try (ServerSocket taken = listen()) {
            JavaCommand jar =
                    application()
                            .property(key, "" + taken.getLocalPort())
                            .property(otherKey, "" + FreePort.find());
            assertThatNoPortIsFound(jar, key, taken.getLocalPort());
        }
    }

    @Test
    void stopsWithOneReasonWhenBothServersAreToHaveTheSamePort() {
        int port = FreePort.find();
        JavaCommand jar =
                application()
                        .property("order-lookup.rest.port", "" + port)
                        .property("camel.management.port", "" + port);

        assertThatNoPortIsFound(jar, "camel.management.port", port);
    }

    private static void assertThatNoPortIsFound(JavaCommand jar, String key, int port) {
        try (ChildProcess child = jar.start()) {
            assertThat(child.awaitExit()).isEqualTo(1);

            assertThat(child.stderr()).isEmpty();
            assertThat(child.stdout().lines())
                    .allSatisfy(line -> assertThat(line).matches(LOG_LINE))
                    .filteredOn(line -> line.contains("ERROR"))
                    .singleElement()
                    .asString()
                    .contains(key, "" + port, "in use");
        }
    }

    @Test
    void findsEveryLibraryBesideTheJarAndNoneOfTheTests() throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", "order-lookup.jar").toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            List<String> classPath = List.of(manifest.getValue("Class-Path").split(" "));

            assertThat(manifest.getValue("Main-Class"))
                    .isEqualTo("io.github.orderlookup.main.OrderLookupMain");
            assertThat(classPath)
                    .allSatisfy(entry -> assertThat(Path.of("target", entry)).isRegularFile())
                    .noneSatisfy(
                            entry -> assertThat(entry).containsPattern("junit|assertj|kafka_2"));
        }
    }

    /** What is set is enough to start but for the ports. */
    private JavaCommand application() {
        return jar().property("partner-center.tenant-id", Simulator.TENANT_ID)
                .property("partner-center.client-id", Simulator.CLIENT_ID)
                .property("partner-center.client-secret", Simulator.CLIENT_SECRET);
    }

    private JavaCommand jar() {
        return JarProcess.in(directory)
                .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                .property("javax.net.ssl.trustStorePassword", "changeit");
    }

    private void write(String... lines) throws IOException {
        Files.write(directory.resolve("application.properties"), Arrays.asList(lines));
    }

    private static List<String> faultyKeys(ChildProcess child) {
        return child.stderr()
                .lines()
                .filter(line -> line.matches("  \\S.*"))
                .map(line -> line.strip().split(":")[0])
                .toList();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(FreePort.find(), 50, InetAddress.getLoopbackAddress());
    }

    private static String address(ServerSocket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private static void assertThatNobodyConnected(ServerSocket socket) throws IOException {
        socket.setSoTimeout(1);
        assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
