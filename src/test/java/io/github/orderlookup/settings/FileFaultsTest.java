package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.orderlookup.settings.SettingsException.SettingError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that hold secrets, keys and certificates: what is wrong with each, in one message. */
class FileFaultsTest {
    private static final String SECRET = "partner-center.client-secret";
    private static final String SECRET_FILE = "partner-center.client-secret-file";
    private static final String CERTIFICATE = "partner-center.client-certificate";
    private static final String PASSWORD = "partner-center.client-certificate-password";
    private static final String PASSWORD_FILE = "partner-center.client-certificate-password-file";
    private static final String ASSERTION_FILE = "partner-center.client-assertion-file";
    private static final String KEYS = "order-lookup.rest.api-keys";
    private static final String KEYS_FILE = "order-lookup.rest.api-keys-file";
    private static final String PROXY_PASSWORD_FILE = "partner-center.proxy-password-file";
    private static final String JWT = "eyJh.eyJp.c2ln";

    private static final List<String> FILES =
            List.of(SECRET_FILE, PASSWORD_FILE, ASSERTION_FILE, KEYS_FILE, PROXY_PASSWORD_FILE);

    @TempDir private static Path directory;

    private static Path rsa;
    private static Path expired;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyStoreFiles files = new KeyStoreFiles(directory);
        rsa = files.addKeyPair("rsa.p12", "rsa", "-keyalg", "RSA");
        expired =
                files.addKeyPair(
                        "expired.p12",
                        "expired",
                        "-keyalg",
                        "RSA",
                        "-startdate",
                        "-20d",
                        "-validity",
                        "10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing    | does not exist",
                "link       | is a link to a file that does not exist",
                "directory  | is no file but a directory",
                "empty      | is empty",
                "blank      | holds nothing but blanks",
                "mark       | holds nothing but blanks",
                "latin1     | holds bytes that are no UTF-8",
                "large      | is larger than 1 MiB",
            })
    void saysWhyAFileCannotBeUsed(String kind, String words) throws IOException {
        Path file = made(kind);

        for (String key : FILES) {
            assertThat(faults(key, file))
                    .as(key)
                    .singleElement()
                    .satisfies(
                            fault -> {
                                assertThat(fault.key()).isEqualTo(key);
                                assertThat(fault.wrong()).contains(file.toString(), words);
                            });
        }
    }

    private static Path made(String kind) throws IOException {
        Path file = directory.resolve("a-" + kind);
        Files.deleteIfExists(file);
        switch (kind) {
            case "link" -> Files.createSymbolicLink(file, directory.resolve("nowhere"));
            case "directory" -> Files.createDirectory(file);
            case "empty" -> Files.createFile(file);
            case "blank" -> Files.writeString(file, " \r\n\t\n");
            case "mark" -> Files.writeString(file, "\uFEFF\n");
            case "latin1" -> Files.writeString(file, "schlüssel", StandardCharsets.ISO_8859_1);
            case "large" -> Files.writeString(file, "x".repeat((1 << 20) + 1));
            default -> assertThat(kind).isEqualTo("missing");
        }
        return file;
    }

    @Test
    void saysThatAFileCannotBeReadByThisUser() throws IOException {
        Path file =
                Files.createFile(
                        directory.resolve("closed"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("---------")));
        assumeThat(Files.isReadable(file)).as("as root every file is").isFalse();

        assertThat(faults(SECRET_FILE, file).get(0).wrong())
                .contains("cannot be read by this user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\uFEFF%s", "%s\n", " \r\n %s \r\n\n"})
    void takesWhatStandsInAFileWithoutWhatIsAroundIt(String around) throws IOException {
        Path secret = Files.writeString(directory.resolve("good"), around.formatted("s3cr3t~.x"));
        Path password =
                Files.writeString(
                        directory.resolve("password"),
                        around.formatted(KeyStoreFiles.PASSWORD.reveal()));
        Path assertion = Files.writeString(directory.resolve("jwt"), around.formatted(JWT));
        Path keys =
                Files.writeString(
                        directory.resolve("keys"), around.formatted("key-of-a\n\n  key-of-b"));

        assertThat(faults(SECRET_FILE, secret)).isEmpty();
        assertThat(faults(PASSWORD_FILE, password)).isEmpty();
        assertThat(faults(PROXY_PASSWORD_FILE, password)).isEmpty();
        assertThat(faults(ASSERTION_FILE, assertion)).isEmpty();
        assertThat(faults(KEYS_FILE, keys)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                SECRET_FILE + " | two words     | has a blank",
                ASSERTION_FILE + " | no-token      | holds no token",
                ASSERTION_FILE + " | a.b           | holds no token",
                KEYS_FILE + " | seven77       | line 1 is too short",
                KEYS_FILE + " | 'key-of-a\n\nkey of b' | line 3 has a blank",
                KEYS_FILE + " | 'key-of-a\nkey-of-a'   | the same key is there twice",
            })
    void saysWhatIsWrongWithTheContentAndShowsNothingOfIt(String key, String content, String words)
            throws IOException {
        Path file = Files.writeString(directory.resolve("content"), content);

        assertThat(faults(key, file))
                .singleElement()
                .satisfies(
                        fault ->
                                assertThat(fault.wrong())
                                        .contains(file.toString(), words)
                                        .doesNotContain("two words", "key-of-a", "seven77"));
    }

    @Test
    void refusesTheSameValueInTwoPlaces() throws IOException {
        Path secret = Files.writeString(directory.resolve("one"), "secret");
        Path password =
                Files.writeString(directory.resolve("two"), KeyStoreFiles.PASSWORD.reveal());
        Path keys = Files.writeString(directory.resolve("three"), "key-of-a");

        assertThat(Configured.valid().with(SECRET_FILE, secret.toString()).message())
                .contains(SECRET + ": is set, and so is " + SECRET_FILE);
        assertThat(
                        withCertificate(rsa)
                                .with(PASSWORD, KeyStoreFiles.PASSWORD.reveal())
                                .with(PASSWORD_FILE, password.toString())
                                .message())
                .contains(PASSWORD_FILE + ": is set, and so is " + PASSWORD);
        assertThat(
                        Configured.valid()
                                .with(KEYS, "key-of-b")
                                .with(KEYS_FILE, keys.toString())
                                .message())
                .contains(KEYS_FILE + ": is set, and so is " + KEYS);
    }

    @Test
    void refusesMoreThanOneKindOfCredential() throws IOException {
        Path assertion = Files.writeString(directory.resolve("token"), JWT);
        Configured both =
                withCertificate(rsa)
                        .with(PASSWORD, KeyStoreFiles.PASSWORD.reveal())
                        .with(ASSERTION_FILE, assertion.toString());

        assertThat(both.faults())
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.key()).isEqualTo(CERTIFICATE);
                            assertThat(fault.wrong())
                                    .isEqualTo("is set, and so is " + ASSERTION_FILE);
                        });
        assertThat(Configured.valid().without(SECRET).message())
                .contains(SECRET + ": is missing, and so are", SECRET_FILE, ASSERTION_FILE);
    }

    @Test
    void refusesAFileThatIsSetAndEmpty() {
        for (String key : FILES) {
            assertThat(Configured.valid().with(key, " ").message())
                    .contains(key + ": is set and empty");
        }
    }

    @Test
    void opensTheCertificateWithThePasswordInAFile() throws IOException {
        Path password =
                Files.writeString(
                        directory.resolve("opens"), KeyStoreFiles.PASSWORD.reveal() + "\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "wrong");
        Configured configured = withCertificate(rsa).with(PASSWORD_FILE, password.toString());

        assertThat(configured.read().partnerCenter().credential())
                .isEqualTo(new Credential.ClientCertificate(rsa, new Secret(""), password));
        assertThat(withCertificate(rsa).with(PASSWORD_FILE, wrong.toString()).message())
                .contains(CERTIFICATE + ": ", "the password is wrong or missing");
        assertThat(Configured.valid().with(PASSWORD_FILE, password.toString()).message())
                .contains(PASSWORD_FILE + ": is set without " + CERTIFICATE);
    }

    @Test
    void refusesACertificateThatHasExpired() {
        assertThat(
                        withCertificate(expired)
                                .with(PASSWORD, KeyStoreFiles.PASSWORD.reveal())
                                .faults())
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.key()).isEqualTo(CERTIFICATE);
                            assertThat(fault.wrong()).contains("expired.p12", "expired at 20");
                        });
    }

    @Test
    void takesTheNameOfAFileFromAPlaceholder() throws IOException {
        Path secret = Files.writeString(directory.resolve("named"), "secret");

        Credential credential =
                Configured.valid()
                        .without(SECRET)
                        .with(SECRET_FILE, "{{env:CREDENTIALS_DIRECTORY}}/named")
                        .answering("env:CREDENTIALS_DIRECTORY", directory.toString())
                        .read()
                        .partnerCenter()
                        .credential();

        assertThat(credential).isEqualTo(new Credential.ClientSecretFile(secret));
    }

    @Test
    void needsNoOtherKeysWhereTheyStandInAFile() throws IOException {
        Path keys = Files.writeString(directory.resolve("callers"), "key-of-a");
        Configured everywhere =
                Configured.valid()
                        .with("order-lookup.rest.host", "0.0.0.0")
                        .with(KEYS_FILE, keys.toString());

        assertThat(everywhere.read().rest().asksForKey()).isTrue();
        assertThat(
                        everywhere
                                .with("order-lookup.rest.enabled", "true")
                                .embedded()
                                .read()
                                .rest()
                                .apiKeysFile())
                .isEqualTo(keys);
    }

    /** The faults where this key names this file, and all else is right. */
    private static List<SettingError> faults(String key, Path file) {
        Configured configured =
                switch (key) {
                    case KEYS_FILE -> Configured.valid();
                    case PASSWORD_FILE -> withCertificate(rsa);
                    case PROXY_PASSWORD_FILE ->
                            Configured.valid()
                                    .with("partner-center.proxy", "http://proxy.example:3128")
                                    .with("partner-center.proxy-user", "user");
                    default -> Configured.valid().without(SECRET);
                };
        return configured.with(key, file.toString()).faults();
    }

    private static Configured withCertificate(Path file) {
        return Configured.valid().without(SECRET).with(CERTIFICATE, file.toString());
    }
}
