package io.github.orderlookup.system.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.http.ConnectProxy;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.SpanCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that the packaged jar logs, publishes, answers or shows gives a secret away, whatever
 * comes of a lookup and however much is logged.
 */
class LeakIT {
    private static final String PASSWORD = "pa55word-of-the-certificate";
    private static final String KEY = "k3y-of-a-caller";
    private static final String SECOND_KEY = "k3y-of-another-caller";
    private static final String NEW_KEY = "k3y-that-came-later";
    private static final String UNUSABLE_KEY = "k3y with blanks";
    private static final String WRONG_KEY = "k3y-of-nobody";
    private static final String BROKER_PASSWORD = "pa55word-of-the-broker";
    private static final String STORE_PASSWORD = "pa55word-of-the-key-store";

    private static final String PROXY_PASSWORD = "pa55word-of-the-proxy";
    private static final String NEW_PROXY_PASSWORD = "pa55word-of-the-proxy-that-came-later";

    private static final String COLLECTOR_KEY = "k3y-of-the-collector";

    private static final String EVERYTHING =
            """
            status = warn
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %p %c %m%n%throwable
            rootLogger.level = trace
            rootLogger.appenderRef.console.ref = console
            """;

    /** Order ids by what comes of them. */
    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("order--1", "found"),
                    Map.entry("http-404--1", "order-not-found"),
                    Map.entry("http-404-60003", "customer-not-found"),
                    Map.entry("http-400--1", "invalid-request"),
                    Map.entry("not an id", "invalid-request"),
                    Map.entry("http-403--1", "access-denied"),
                    Map.entry("http-401--1", "authentication-failed"),
                    Map.entry("http-500--1", "upstream-unavailable"),
                    Map.entry("reset-mid-body", "upstream-unavailable"),
                    Map.entry("hang", "upstream-timeout"),
                    Map.entry("redirect", "invalid-upstream-response"),
                    Map.entry("html-404", "invalid-upstream-response"),
                    Map.entry("not-json", "invalid-upstream-response"),
                    Map.entry("big-2", "outcome-too-large"));

    private static final String WAITING = "waiting-" + UUID.randomUUID();

    private final List<String> answers = new ArrayList<>();

    @Test
    void givesNoSecretAwayWhereverOneLooks(@TempDir Path directory) throws Exception {
        Path keyStore = directory.resolve("application.p12");
        Path logging = Files.writeString(directory.resolve("everything.properties"), EVERYTHING);
        var certificate = SelfSignedCertificate.ofAnApplication(keyStore, PASSWORD);
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Path keys = Files.writeString(directory.resolve("keys"), KEY + "\n" + SECOND_KEY);
        Path proxyPassword = Files.writeString(directory.resolve("proxy"), PROXY_PASSWORD);
        int jmx = FreePort.find();
        try (SpanCollector collector = new SpanCollector();
                ConnectProxy proxy =
                        new ConnectProxy(200).askFor("order-lookup", NEW_PROXY_PASSWORD);
                RunningService service =
                        options(keyStore, password, keys, logging, jmx)
                                .setting("partner-center.proxy", proxy.url())
                                .setting("partner-center.proxy-user", "order-lookup")
                                .setting(
                                        "partner-center.proxy-password-file",
                                        proxyPassword.toString())
                                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())
                                .environment(
                                        "OTEL_EXPORTER_OTLP_HEADERS",
                                        "x-collector-key=" + COLLECTOR_KEY)
                                .start();
                Asker asker = new Asker(service)) {
            service.simulator().registerCertificate(certificate);

            assertThat(lookUp(service, "order--1", KEY)).as("refused by the proxy").isEqualTo(503);
            Files.writeString(proxyPassword, NEW_PROXY_PASSWORD);
            RecordMetadata waits =
                    asker.send(
                            Asker.request("status-pending-once--1")
                                    .replace("}", ", \"until\": \"settled\"}"));
            askForEveryKind(asker);
            assertThat(asker.outcome(waits).headerText("order-lookup-settled")).isEqualTo("true");
            askOverRest(service);
            changeKeys(service, keys);
            // A token that is accepted lets the next refused one be replaced at once.
            assertThat(asker.ask(Asker.request("order--4")).kind()).isEqualTo("found");
            service.simulator().revokeAccessTokens();
            assertThat(asker.ask(Asker.request("order--5")).kind()).isEqualTo("found");
            service.simulator().revokeRefreshTokens();
            service.simulator().revokeAccessTokens();
            assertThat(lookUp(service, "order--6", KEY)).isEqualTo(502);
            List<String> secrets = secrets(service);
            assertThat(secrets).hasSizeGreaterThan(10);

            SoftAssertions places = new SoftAssertions();
            places.assertThat(linesWith(secrets, answers.stream())).as("REST").isEmpty();
            places.assertThat(linesWith(secrets, managed(service))).as("management").isEmpty();
            places.assertThat(linesWith(secrets, managedOverJmx(jmx)))
                    .as("JMX, thread dump")
                    .isEmpty();
            places.assertThat(linesWith(secrets, published(asker))).as("topics").isEmpty();
            var waiting = service.client().readAll(WAITING);
            assertThat(waiting).isNotEmpty();
            places.assertThat(linesWith(secrets, waiting.stream().flatMap(LeakIT::texts)))
                    .as("waiting topic")
                    .isEmpty();
            service.process().terminate();
            String printed = service.process().stdout() + service.process().stderr();
            assertThat(printed.lines())
                    .as("lines of every level, of the HTTP client and of the start too")
                    .anyMatch(line -> line.startsWith("TRACE org.apache.camel"))
                    .anyMatch(line -> line.startsWith("DEBUG org.apache.hc.client5"))
                    .anyMatch(line -> line.contains("#bean:order-lookup-secret-of-"));
            places.assertThat(linesWith(secrets, printed.lines())).as("log").isEmpty();
            assertThat(collector.spans()).contains("/orders/{id-for-order}");
            places.assertThat(linesWith(secrets, collector.spans().lines())).as("spans").isEmpty();
            places.assertAll();
        }
    }

    private static RunningService.Builder options(
            Path keyStore, Path password, Path keys, Path logging, int jmx) {
        return RunningService.builder()
                .topic(WAITING, 6, Map.of())
                .setting("order-lookup.waiting-topic", WAITING)
                .property("log4j2.configurationFile", logging.toString())
                .property("com.sun.management.jmxremote.port", Integer.toString(jmx))
                .property("com.sun.management.jmxremote.host", "127.0.0.1")
                .property("com.sun.management.jmxremote.authenticate", "false")
                .property("com.sun.management.jmxremote.ssl", "false")
                .property("java.rmi.server.hostname", "127.0.0.1")
                .without("partner-center.client-secret")
                .setting("partner-center.client-certificate", keyStore.toString())
                .setting("partner-center.client-certificate-password-file", password.toString())
                .setting("partner-center.auth-mode", "app-user")
                .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                .setting("partner-center.token-store", "refresh-token.json")
                .setting("partner-center.response-timeout", "4s")
                .setting("order-lookup.max-attempts", "2")
                .without("order-lookup.rest.api-keys")
                .setting("order-lookup.rest.api-keys-file", keys.toString())
                .setting(
                        "camel.component.kafka.sasl-jaas-config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"x\" password=\""
                                + BROKER_PASSWORD
                                + "\";")
                .setting("camel.component.kafka.ssl-keystore-password", STORE_PASSWORD);
    }

    private static void askForEveryKind(Asker asker) {
        KINDS.forEach(
                (orderId, kind) ->
                        assertThat(asker.ask(Asker.request(orderId)).kind())
                                .as(orderId)
                                .isEqualTo(kind));
        assertThat(asker.ask("no JSON").kind()).isEqualTo("invalid-request");
        assertThat(
                        asker.ask(
                                        Asker.request("order--late")
                                                .replace(
                                                        "}",
                                                        ", \"deadline\":"
                                                                + " \"2020-01-01T00:00:00Z\"}"))
                                .kind())
                .isEqualTo("deadline-exceeded");
    }

    private void askOverRest(RunningService service) {
        assertThat(lookUp(service, "order--2", KEY)).isEqualTo(200);
        assertThat(lookUp(service, "order--3", SECOND_KEY)).isEqualTo(200);
        assertThat(lookUp(service, "order--4", WRONG_KEY)).isEqualTo(401);
        assertThat(lookUp(service, "http-404--2", KEY)).isEqualTo(404);
        assertThat(lookUp(service, "http-401--2", KEY)).isEqualTo(502);
        assertThat(lookUp(service, "redirect", KEY)).isEqualTo(502);
        assertThat(lookUp(service, "not-an-id%20", KEY)).isEqualTo(400);
        HttpResponse<String> bearer =
                new RestClient(service).lookUp("order--5", "Authorization", "Bearer " + KEY);
        note(bearer);
        assertThat(bearer.statusCode()).isEqualTo(200);
    }

    /** To a content that can be used, and to one that cannot. */
    private void changeKeys(RunningService service, Path keys) throws IOException {
        Files.writeString(keys, KEY + "\n" + NEW_KEY);
        service.process()
                .await("the new key is taken", () -> lookUp(service, "order--2", NEW_KEY) == 200);
        Files.writeString(keys, UNUSABLE_KEY);
        var health = new RestClient(service);
        service.process()
                .await(
                        "readiness names the file",
                        () -> health.readiness().contains("order-lookup.rest.api-keys-file: "));
    }

    private int lookUp(RunningService service, String orderId, String key) {
        HttpResponse<String> answer = new RestClient(service).lookUp(orderId, "X-API-Key", key);
        note(answer);
        return answer.statusCode();
    }

    private void note(HttpResponse<String> answer) {
        answers.add(answer.headers().map() + answer.body());
    }

    /** Whatever the management server answers. */
    private static Stream<String> managed(RunningService service) throws Exception {
        List<String> found = new ArrayList<>();
        for (String path :
                List.of(
                        "/observe/health?data=true",
                        "/observe/health/live",
                        "/observe/health/ready",
                        "/observe/metrics",
                        "/observe/info",
                        "/observe/jolokia")) {
            URI uri = service.management().resolve(path);
            found.add(
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
        }
        assertThat(found.get(0)).contains("AADSTS50173");
        return found.stream().flatMap(String::lines);
    }

    /** Every attribute of every MBean, and a thread dump. */
    private static Stream<String> managedOverJmx(int port) throws IOException, JMException {
        JMXServiceURL address =
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        List<String> found = new ArrayList<>();
        try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (ObjectName name : server.queryNames(null, null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    found.add(name + " " + attribute(server, name, attribute.getName()));
                }
            }
            Object dump =
                    server.invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "threadPrint",
                            new Object[] {new String[] {"-l"}},
                            new String[] {String[].class.getName()});
            found.addAll(dump.toString().lines().toList());
        }
        assertThat(found)
                .anyMatch(text -> text.contains("kafka.consumer"))
                .anyMatch(text -> text.contains("java.lang.Thread.State"));
        return found.stream();
    }

    private static String attribute(MBeanServerConnection server, ObjectName name, String key) {
        try {
            Object value = server.getAttribute(name, key);
            return key + "=" + Arrays.deepToString(new Object[] {value});
        } catch (JMException | IOException | RuntimeException e) {
            return key + " has no value";
        }
    }

    /** Where a secret was met, shortened. */
    private static List<String> linesWith(List<String> secrets, Stream<String> lines) {
        return lines.filter(line -> secrets.stream().anyMatch(line::contains))
                .limit(10)
                .map(line -> line.substring(0, Math.min(200, line.length())))
                .toList();
    }

    /** Every record as text: key, value and headers. */
    private static Stream<String> published(Asker asker) {
        return asker.all().values().stream()
                .flatMap(List::stream)
                .flatMap(outcome -> texts(outcome.record()));
    }

    private static Stream<String> texts(ConsumerRecord<byte[], byte[]> record) {
        return Stream.concat(
                Stream.of(text(record.key()), text(record.value())),
                Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + ": " + text(header.value())));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** As the header {@code Proxy-Authorization} has it. */
    private static String proxyCredential(String password) {
        return Base64.getEncoder().encodeToString(("order-lookup:" + password).getBytes(UTF_8));
    }

    private static List<String> secrets(RunningService service) {
        Simulator simulator = service.simulator();
        Stream<String> tokens =
                simulator.apiLog().all().stream().flatMap(call -> call.bearer().stream());
        Stream<String> credentials =
                simulator.loginLog().all().stream()
                        .map(Received::form)
                        .flatMap(
                                form ->
                                        Stream.of("refresh_token", "client_assertion")
                                                .map(form::get))
                        .filter(value -> value != null);
        List<String> secrets =
                new ArrayList<>(
                        List.of(
                                PASSWORD,
                                KEY,
                                SECOND_KEY,
                                NEW_KEY,
                                UNUSABLE_KEY,
                                WRONG_KEY,
                                BROKER_PASSWORD,
                                STORE_PASSWORD,
                                COLLECTOR_KEY,
                                PROXY_PASSWORD,
                                NEW_PROXY_PASSWORD,
                                proxyCredential(PROXY_PASSWORD),
                                proxyCredential(NEW_PROXY_PASSWORD)));
        secrets.addAll(Stream.concat(tokens, credentials).distinct().toList());
        return secrets;
    }
}
