package io.github.orderlookup.system.security;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that wants TLS, a client certificate and a SCRAM password, and allows what the security
 * page says is needed: no more, no less.
 */
class KafkaSecurityIT {

    private static final Path PAGE = Path.of("docs/security.md");
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| (topic|group) \\| (literal|prefixed) \\| `([^`]+)` \\| ([A-Z]+) \\|");
    private static final String USER = "User:order-lookup";
    private static final String PASSWORD = "scram-pa55word-of-the-test";
    private static final String STORES = "changeit";

    @TempDir private static Path directory;
    private static Broker broker;
    private static RunningService service;
    private static Asker asker;
    private static String replies;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.find();
        Path brokerKey = directory.resolve("broker.p12");
        Path clientKey = directory.resolve("client.p12");
        X509Certificate ofBroker = SelfSignedCertificate.ofAServer(brokerKey, STORES);
        X509Certificate ofClient = SelfSignedCertificate.ofAServer(clientKey, STORES);
        Path brokersTrust = trusting("brokers-trust.p12", ofClient);
        int open = FreePort.find();
        int controller = FreePort.find();
        broker =
                Broker.start(
                        open, controller, secured(open, controller, port, brokerKey, brokersTrust));
        RunningService.Builder builder =
                RunningService.builder().simulator(Simulator.builder().httpApi()).broker(broker);
        Topics topics = builder.topics();
        replies = topics.group() + ".replies.";
        grant(topics);
        service =
                builder.topic(replies + "1", 1, Map.of())
                        .topic("closed-" + topics.replies(), 1, Map.of())
                        .topic(topics.group() + ".waiting", 6, Map.of())
                        .setting("order-lookup.waiting-topic", topics.group() + ".waiting")
                        .setting("order-lookup.reply-topics", ".+")
                        .setting("camel.component.kafka.brokers", "127.0.0.1:" + port)
                        .setting("camel.component.kafka.security-protocol", "SASL_SSL")
                        .setting("camel.component.kafka.sasl-mechanism", "SCRAM-SHA-512")
                        .setting("camel.component.kafka.sasl-jaas-config", jaas())
                        .setting("camel.component.kafka.ssl-keystore-type", "PKCS12")
                        .setting(
                                "camel.component.kafka.ssl-keystore-location", clientKey.toString())
                        .setting("camel.component.kafka.ssl-keystore-password", STORES)
                        .setting("camel.component.kafka.ssl-key-password", STORES)
                        .setting("camel.component.kafka.ssl-truststore-type", "PKCS12")
                        .setting(
                                "camel.component.kafka.ssl-truststore-location",
                                trusting("clients-trust.p12", ofBroker).toString())
                        .setting("camel.component.kafka.ssl-truststore-password", STORES)
                        .start();
        asker = new Asker(service, List.of(topics.results(), topics.errors(), replies + "1"));
    }

    @AfterAll
    static void close() {
        asker.close();
        service.close();
        broker.close();
    }

    @Test
    void answersOnEveryTopicWithTheDocumentedRights() {
        Outcome found = asker.ask(request("order--1"));
        RecordMetadata waits = asker.send(settledWithinSeconds("status-pending--1"));
        Outcome failed = asker.ask(request("http-404--1"));
        Outcome replied = asker.ask(request("order--2"), header("kafka_replyTopic", replies + "1"));

        assertThat(found.topic()).isEqualTo(service.topics().results());
        assertThat(failed.topic()).isEqualTo(service.topics().errors());
        assertThat(replied.topic()).isEqualTo(replies + "1");
        assertThat(asker.outcome(waits).headerText("order-lookup-settled")).isEqualTo("false");
        asker.awaitCommitOfEverything();
        assertThat(new RestClient(service).isReady()).isTrue();
    }

    @Test
    void refusesAReplyTopicWithoutRights() {
        String closed = "closed-" + service.topics().replies();

        Outcome outcome = asker.ask(request("order--3"), header("kafka_replyTopic", closed));

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.kind()).isEqualTo("invalid-request");
        assertThat(service.client().readAll(closed)).isEmpty();
    }

    @Test
    void documentsOneRightForEachThing() throws IOException {
        assertThat(rows())
                .extracting(row -> row.group(1) + " " + row.group(4))
                .containsExactlyInAnyOrder(
                        "topic READ",
                        "topic WRITE",
                        "topic WRITE",
                        "topic WRITE",
                        "group READ",
                        "topic READ",
                        "topic WRITE",
                        "group READ");
    }

    private static String settledWithinSeconds(String orderId) {
        Instant deadline = Instant.now().plusSeconds(4);
        return request(orderId)
                .replace("}", ", \"until\": \"settled\", \"deadline\": \"" + deadline + "\"}");
    }

    /**
     * A second listener, for clients with a certificate and a SCRAM password, which may do what
     * ACLs allow. Whoever uses the usual listener, as this test does, may do everything.
     */
    private static Map<String, String> secured(
            int open, int controller, int port, Path keyStore, Path trustStore) {
        return Map.ofEntries(
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d"
                                .formatted(open, controller, port)),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL"),
                Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("ssl.client.auth", "required"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", keyStore.toString()),
                Map.entry("ssl.keystore.password", STORES),
                Map.entry("ssl.truststore.type", "PKCS12"),
                Map.entry("ssl.truststore.location", trustStore.toString()),
                Map.entry("ssl.truststore.password", STORES),
                Map.entry(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"));
    }

    /** Gives the user its password and the rights of the page, on the topics of this test. */
    private static void grant(Topics topics) throws Exception {
        Map<String, String> names =
                Map.of(
                        "order-lookup.requests", topics.requests(),
                        "order-lookup.results", topics.results(),
                        "order-lookup.errors", topics.errors(),
                        "order-lookup.replies.", replies,
                        "order-lookup", topics.group(),
                        "order-lookup.waiting", topics.group() + ".waiting");
        List<AclBinding> rights = new ArrayList<>();
        for (MatchResult row : rows()) {
            rights.add(
                    new AclBinding(
                            new ResourcePattern(
                                    ResourceType.fromString(row.group(1)),
                                    names.get(row.group(3)),
                                    PatternType.fromString(row.group(2).toUpperCase(Locale.ROOT))),
                            new AccessControlEntry(
                                    USER,
                                    "*",
                                    AclOperation.fromString(row.group(4)),
                                    AclPermissionType.ALLOW)));
        }
        Admin admin = broker.admin();
        admin.createAcls(rights).all().get();
        admin.alterUserScramCredentials(
                        List.of(
                                new UserScramCredentialUpsertion(
                                        "order-lookup",
                                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                        PASSWORD)))
                .all()
                .get();
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }

    private static String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"order-lookup\" password=\""
                + PASSWORD
                + "\";";
    }

    private static Path trusting(String file, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("peer", certificate);
        Path path = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            trusted.store(out, STORES.toCharArray());
        }
        return path;
    }
}
