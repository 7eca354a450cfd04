package io.github.orderlookup.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.network.PemFiles;
import io.github.orderlookup.settings.format.CaCertificates;
import io.github.orderlookup.simulator.http.Keytool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the way out, and the message about each fault in them. */
class NetworkSettingsTest {

    private static final String PROXY = "partner-center.proxy";
    private static final String USER = "partner-center.proxy-user";
    private static final String PASSWORD = "partner-center.proxy-password";
    private static final String PASSWORD_FILE = "partner-center.proxy-password-file";
    private static final String AUTHORITIES = "partner-center.ca-certificates";

    @TempDir private static Path directory;
    private static String good;

    @BeforeAll
    static void makeCertificate() throws Exception {
        good = Files.readString(PemFiles.ofTheSimulator(directory));
    }

    @Test
    void readsProxyAndCredential() {
        NetworkSettings network =
                network(
                        Configured.valid()
                                .with(PROXY, "http://Proxy.Example:3128/")
                                .with(USER, "order lookup")
                                .with(PASSWORD, "pa55{{word}}"));

        assertThat(network.proxy())
                .isEqualTo(
                        new ProxySettings(
                                "proxy.example",
                                3128,
                                "order lookup",
                                new Secret("pa55{{word}}"),
                                null));
        assertThat(network.toString()).doesNotContain("pa55");
    }

    @Test
    void readsThePasswordFromAFile() throws IOException {
        Path file = file("password", "pa55word\n");
        Configured configured =
                Configured.valid()
                        .with(PROXY, "http://proxy.example:3128")
                        .with(USER, "user")
                        .with(PASSWORD_FILE, file.toString());

        assertThat(network(configured).proxy())
                .isEqualTo(new ProxySettings("proxy.example", 3128, "user", new Secret(""), file));
        assertThat(configured.with(PASSWORD, "pa55word").message())
                .contains(PASSWORD_FILE + ": is set, and so is " + PASSWORD)
                .doesNotContain("pa55");
        assertThat(
                        Configured.valid()
                                .with(PROXY, "http://proxy.example:3128")
                                .with(PASSWORD_FILE, file.toString())
                                .message())
                .contains(PASSWORD_FILE + ": is set without " + USER);
    }

    @Test
    void takesPort80AndAddressesOfEachKind() {
        assertThat(network(Configured.valid().with(PROXY, "http://[::1]:80")).proxy())
                .isEqualTo(new ProxySettings("::1", 80, null, new Secret(""), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://user:pa55word@proxy:3128 | a URL with a user name or an "@" in it
                    user:pa55word@proxy:3128        | a URL with a user name or an "@" in it
                    http://user:pa55word            | is no http URL
                    http://pro xy:3128              | is no URL
                    proxy.example:3128              | is no http URL
                    socks5://proxy.example:1080     | is no http URL
                    https://proxy.example:3128      | https to the proxy itself is not spoken; what \
                    goes through it is encrypted for the host
                    http://proxy.example            | names no port
                    http://proxy.example:0          | names a port that does not exist
                    http://proxy.example:65536      | names a port that does not exist
                    http://proxy.example:3128/pac   | is more than host and port
                    http://proxy.example:3128?a=b   | is more than host and port
                    """)
    void refusesWhatIsNoProxyWithoutShowingAPassword(String text, String wrong) {
        Configured configured = Configured.valid().with(PROXY, text);

        assertThat(configured.faultyKeys()).containsExactly(PROXY);
        assertThat(configured.faults().get(0).wrong()).isEqualTo(wrong);
        assertThat(configured.faults().get(0).accepted())
                .isEqualTo("http://host:port; user and password have keys of their own");
        assertThat(configured.message()).doesNotContain("pa55");
    }

    @Test
    void refusesUserAndPasswordWithoutEachOther() {
        Configured proxy = Configured.valid().with(PROXY, "http://proxy.example:3128");

        assertThat(proxy.with(USER, "user").message())
                .contains(USER + ": is set without " + PASSWORD + " and without " + PASSWORD_FILE);
        assertThat(proxy.with(PASSWORD, "pa55word").message())
                .contains(PASSWORD + ": is set without " + USER)
                .doesNotContain("pa55");
    }

    @Test
    void refusesACredentialThatIsForNoProxy() {
        Configured configured = Configured.valid().with(USER, "user").with(PASSWORD, "pa55word");

        assertThat(configured.message()).contains(USER + ": is set without " + PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {USER, PASSWORD, PASSWORD_FILE, AUTHORITIES})
    void refusesWhatGuardsSomethingAndIsEmpty(String key) {
        assertThat(Configured.valid().with(key, " ").message())
                .contains(key + ": is set and empty");
    }

    @Test
    void refusesAUserThatBasicCannotCarry() {
        assertThat(
                        Configured.valid()
                                .with(PROXY, "http://proxy.example:3128")
                                .with(USER, "contoso:user")
                                .with(PASSWORD, "pa55word")
                                .faultyKeys())
                .containsExactly(USER);
    }

    // Authorities -----------------------------------------------------------------------------

    @Test
    void readsEveryCertificateAmongOtherText() throws Exception {
        Path file = file("two.pem", "# Contoso\r\n" + good + "and\n" + good.replace("\n", "\r\n"));

        assertThat(network(Configured.valid().with(AUTHORITIES, file.toString())).caCertificates())
                .isEqualTo(file);
        assertThat(CaCertificates.parse(file, Files.readAllBytes(file))).hasSize(2);
    }

    @Test
    void refusesWhatIsNoUsableFile() throws Exception {
        Path closed = file("closed.pem", good);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

        assertThat(wrong(directory.resolve("missing.pem"))).endsWith("does not exist");
        assertThat(wrong(directory)).endsWith("is no file but a directory");
        if (!Files.isReadable(closed)) { // root reads everything
            assertThat(wrong(closed)).endsWith("cannot be read by this user");
        }
    }

    @Test
    void refusesWhatHoldsNoReadableCertificate() throws Exception {
        int middle = good.length() / 2;

        assertThat(wrong(file("empty.pem", " \n"))).endsWith("is empty");
        assertThat(wrong(file("large.pem", good + "#".repeat(8 << 20))))
                .endsWith("is larger than 8 MiB");
        assertThat(wrong(file("text.pem", "hello"))).endsWith("holds no PEM certificate");
        assertThat(wrong(file("half.pem", good.substring(0, middle))))
                .endsWith("is cut short in certificate 1");
        assertThat(wrong(file("joined.pem", good.substring(0, middle) + good)))
                .endsWith("is cut short in certificate 1");
        assertThat(wrong(file("second.pem", good + good.replaceAll("\nM[^-]*", "\nMIIB\n"))))
                .endsWith("is damaged in certificate 2");
    }

    @Test
    void refusesTheBinaryFormAndSaysHowToConvertIt() throws Exception {
        Path file = directory.resolve("binary.der");
        Files.write(file, CaCertificates.parse(file, good.getBytes(UTF_8)).get(0).getEncoded());

        assertThat(wrong(file))
                .endsWith(
                        "is in the binary form DER, not PEM; openssl x509 -inform der converts it");
    }

    @Test
    void refusesExpiredCertificatesUnlessThereIsAnotherOne() throws Exception {
        String expired = expired();

        assertThat(wrong(file("expired.pem", expired)))
                .containsPattern("holds expired certificates alone, the last until 20\\d\\d-");
        assertThat(
                        Configured.valid()
                                .with(AUTHORITIES, file("mixed.pem", expired + good).toString())
                                .faults())
                .isEmpty();
    }

    private static String expired() throws IOException, GeneralSecurityException {
        Path store = directory.resolve("expired.p12");
        new Keytool()
                .with("-genkeypair", "-alias", "old", "-dname", "CN=Old", "-keyalg", "EC")
                .with("-groupname", "secp256r1", "-startdate", "-20d", "-validity", "10")
                .with("-storetype", "PKCS12", "-storepass", "changeit")
                .with("-keystore", store.toString())
                .run();
        return Files.readString(PemFiles.ofStore(directory.resolve("old.pem"), store));
    }

    private static String wrong(Path file) {
        Configured configured = Configured.valid().with(AUTHORITIES, file.toString());
        assertThat(configured.faultyKeys()).containsExactly(AUTHORITIES);
        return configured.faults().get(0).wrong();
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static NetworkSettings network(Configured configured) {
        return configured.read().partnerCenter().network();
    }
}
