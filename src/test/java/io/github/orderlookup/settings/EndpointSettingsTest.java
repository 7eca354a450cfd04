package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.format.CertifiedKey;
import io.github.orderlookup.settings.format.KeyContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSettingsTest {
    private static final String API_KEYS = "order-lookup.rest.api-keys";
    private static final String TLS_CERTIFICATE = "order-lookup.rest.tls-certificate";
    private static final String TLS_KEY = "order-lookup.rest.tls-key";
    private static final String TLS_KEYSTORE = "order-lookup.rest.tls-keystore";
    private static final String TLS_PASSWORD = "order-lookup.rest.tls-keystore-password";

    @TempDir private static Path directory;
    private static Path rsa;
    private static Path elliptic;
    private static Path rsaCertificate;
    private static Path rsaKey;
    private static Path ellipticCertificate;
    private static Path ellipticKey;

    @BeforeAll
    static void makeCertificates() throws Exception {
        KeyStoreFiles keytool = new KeyStoreFiles(directory);
        rsa = keytool.addKeyPair("rsa.p12", "rsa", "-keyalg", "RSA");
        elliptic = keytool.addKeyPair("ec.p12", "ec", "-keyalg", "EC");
        rsaCertificate = keytool.pemCertificate("rsa.crt", rsa);
        rsaKey = keytool.pemKey("rsa.key", rsa);
        ellipticCertificate = keytool.pemCertificate("ec.crt", elliptic);
        ellipticKey = keytool.pemKey("ec.key", elliptic);
    }

    @ParameterizedTest
    @CsvSource({
        "max-attempts,   1,                   true",
        "max-attempts,   100,                 true",
        "max-attempts,   0,                   false",
        "max-attempts,   101,                 false",
        "max-attempts,   five,                false",
        "deadline,       24h,                 true",
        "deadline,       25h,                 false",
        "deadline,       0ms,                 false",
        "max-in-flight,  1,                   true",
        "max-in-flight,  10000,               true",
        "max-in-flight,  0,                   false",
        "max-in-flight,  10001,               false",
        "max-pending,    1,                   true",
        "max-pending,    1000000,             true",
        "max-pending,    0,                   false",
        "max-pending,    1000001,             false",
        "collapse,       false,               true",
        "collapse,       no,                  false",
        "kafka.enabled,  false,               true",
        "kafka.enabled,  1,                   false",
        "rest.enabled,   false,               true",
        "rest.enabled,   on,                  false",
        "rest.console,   true,                true",
        "rest.console,   True,                false",
        "request-topic,  a.b_c-D9,            true",
        "request-topic,  .,                   false",
        "request-topic,  ..,                  false",
        "request-topic,  ...,                 true",
        "request-topic,  a b,                 false",
        "request-topic,  'a,b',               false",
        "results-topic,  ärger,               false",
        "errors-topic,   a/b,                 false",
        "group-id,       orders of us,        true",
        "group-id,       ' orders',           true",
        "group-id,       a+b%41&c=#ü,         true",
        "group-id,       a\u0085b,            false",
        "group-id,       a\u202eb,            false",
        "reply-topics,   'replies[.].+',      true",
        "reply-topics,   'replies(',          false",
        "rest.host,      localhost,           true",
        "rest.host,      127.1.2.3,           true",
        "rest.host,      ::1,                 true",
        "rest.host,      [::1],               false",
        "rest.host,      127.0.0.1:80,        false",
        "rest.host,      256.0.0.1,           false",
        "rest.host,      ::1::2,              false",
        "rest.host,      a b,                 false",
        "rest.port,      0,                   true",
        "rest.port,      65535,               true",
        "rest.port,      65536,               false",
        "rest.port,      -1,                  false",
        "rest.api-keys,  'eightchr',          true",
        "rest.api-keys,  ' key-of-a , key-of-b ', true",
        "rest.api-keys,  'seven77',           false",
        "rest.api-keys,  'key-of-a,',         false",
        "rest.api-keys,  'key-of-a,,key-of-b', false",
        "rest.api-keys,  'key-of-a,key-of-a', false",
        "rest.api-keys,  'key of a',          false",
        "rest.api-keys,  'schlüssel',         false",
    })
    void acceptsWhatIsWellFormedAlone(String name, String text, boolean accepted) {
        String key = "order-lookup." + name;

        assertThat(with(key, text).faultyKeys()).isEqualTo(accepted ? List.of() : List.of(key));
    }

    @Test
    void takesATopicNameOfTwoHundredFortyNineCharactersAtMost() {
        String key = "order-lookup.request-topic";

        assertThat(with(key, "x".repeat(249)).faults()).isEmpty();
        assertThat(with(key, "x".repeat(250)).faultyKeys()).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-lookup.results-topic", "order-lookup.errors-topic"})
    void refusesOutcomesOnTheRequestTopic(String key) {
        assertThat(with(key, "order-lookup.requests").faultyKeys()).containsExactly(key);
    }

    @Test
    void checksTheTopicsOfADisabledEndpointToo() {
        Configured configured =
                with("order-lookup.kafka.enabled", "false")
                        .with("order-lookup.results-topic", "order-lookup.requests")
                        .with("order-lookup.errors-topic", "a b");

        assertThat(configured.faultyKeys())
                .containsExactly("order-lookup.results-topic", "order-lookup.errors-topic");
    }

    @Test
    void allowsFoundAndFailedOnOneTopic() {
        Configured configured =
                with("order-lookup.results-topic", "outcomes")
                        .with("order-lookup.errors-topic", "outcomes");

        assertThat(configured.faults()).isEmpty();
    }

    @Test
    void compilesTheExpressionOfReplyTopics() {
        KafkaSettings settings = with("order-lookup.reply-topics", "a[.].+").read().kafka();

        assertThat(settings.replyTopics()).extracting(Pattern::pattern).isEqualTo("a[.].+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1", "example.com", "128.0.0.1"})
    void asksForKeysWhenOthersCanReachTheEndpoint(String host) {
        Configured configured = with("order-lookup.rest.host", host);

        assertThat(configured.faultyKeys()).containsExactly(API_KEYS);
        assertThat(configured.with(API_KEYS, "key-of-a").faults()).isEmpty();
        assertThat(configured.with("order-lookup.rest.enabled", "false").faults()).isEmpty();
    }

    @Test
    void asksForKeysInAHostApplication() {
        Configured configured = with("order-lookup.rest.enabled", "true").embedded();

        assertThat(configured.faultyKeys()).containsExactly(API_KEYS);
        assertThat(configured.with(API_KEYS, "key-of-a").faults()).isEmpty();
    }

    @Test
    void takesSeveralKeys() {
        RestSettings settings = with(API_KEYS, " key-of-a , key-of-b ").read().rest();

        assertThat(settings.apiKeys())
                .containsExactly(new Secret("key-of-a"), new Secret("key-of-b"));
    }

    @Test
    void opensAKeyStore() throws Exception {
        RestSettings settings =
                with(TLS_KEYSTORE, elliptic.toString())
                        .with(TLS_PASSWORD, KeyStoreFiles.PASSWORD.reveal())
                        .read()
                        .rest();

        Tls tls = settings.tls();
        assertThat(tls).isEqualTo(new Tls.KeyStoreFile(elliptic, KeyStoreFiles.PASSWORD));
        assertThat(keys(tls)).hasSize(1);
    }

    private static List<CertifiedKey> keys(Tls tls) throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : tls.files()) {
            contents.add(Files.readAllBytes(file));
        }
        return KeyContents.ofTheServer(tls, contents).all();
    }

    @Test
    void opensPemFilesOfEitherKindOfKey() throws Exception {
        for (Configured configured :
                List.of(pem(rsaCertificate, rsaKey), pem(ellipticCertificate, ellipticKey))) {
            Tls tls = configured.read().rest().tls();

            assertThat(tls).isInstanceOf(Tls.PemFiles.class);
            assertThat(keys(tls)).hasSize(1);
        }
    }

    @Test
    void takesKeyAndChainInOnePemFile() throws Exception {
        Path both = Files.createTempFile(rsaKey.getParent(), "both", ".pem");
        Files.writeString(both, Files.readString(rsaKey) + Files.readString(rsaCertificate));

        Tls tls = pem(both, both).read().rest().tls();

        assertThat(keys(tls)).hasSize(1);
    }

    @Test
    void refusesHalfOfWhatTlsNeeds() {
        assertThat(with(TLS_CERTIFICATE, rsaCertificate.toString()).faultyKeys())
                .containsExactly(TLS_CERTIFICATE);
        assertThat(with(TLS_KEY, rsaKey.toString()).faultyKeys()).containsExactly(TLS_KEY);
        assertThat(with(TLS_PASSWORD, "x").faultyKeys()).containsExactly(TLS_PASSWORD);
    }

    @Test
    void refusesTwoSourcesOfTheTlsKey() {
        Configured configured =
                pem(rsaCertificate, rsaKey)
                        .with(TLS_KEYSTORE, rsa.toString())
                        .with(TLS_PASSWORD, KeyStoreFiles.PASSWORD.reveal());

        assertThat(configured.faultyKeys()).containsExactly(TLS_KEYSTORE);
    }

    @Test
    void refusesAKeyThatIsNotThatOfTheCertificate() {
        assertThat(pem(rsaCertificate, ellipticKey).faultyKeys()).containsExactly(TLS_KEY);
    }

    @Test
    void refusesTlsFilesThatAreNone() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "nothing of use");
        Path cut =
                Files.writeString(
                        directory.resolve("cut.key"),
                        "-----BEGIN PRIVATE KEY-----\nMIIE=A\n-----END PRIVATE KEY-----\n");

        assertThat(pem(text, text).faultyKeys()).containsExactly(TLS_CERTIFICATE, TLS_KEY);
        assertThat(pem(rsaCertificate, cut).faultyKeys()).containsExactly(TLS_KEY);
        assertThat(with(TLS_KEYSTORE, text.toString()).faultyKeys()).containsExactly(TLS_KEYSTORE);
        assertThat(with(TLS_KEYSTORE, rsa.toString()).message())
                .contains("password is wrong or missing");
    }

    private static Configured with(String key, String text) {
        return Configured.valid().with(key, text);
    }

    private static Configured pem(Path certificate, Path key) {
        return with(TLS_CERTIFICATE, certificate.toString()).with(TLS_KEY, key.toString());
    }
}
