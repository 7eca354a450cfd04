package io.github.orderlookup.settings.format;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Quoted;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * Formats of settings that name a file. The file is opened, so that an unusable one stops the
 * start.
 */
public final class FileFormats {
    public static final Format<Path> PEM_CERTIFICATE =
            holding(
                    "a readable PEM file with the certificate chain, the server's own first",
                    KeyContents::certificates);

    public static final Format<Path> PEM_KEY =
            holding(
                    "a readable PEM file with an unencrypted PKCS#8 key (\"BEGIN PRIVATE KEY\";"
                            + " openssl pkcs8 -topk8 -nocrypt makes one)",
                    KeyContents::privateKey);

    public static final Format<Path> CLIENT_SECRET_FILE =
            holding(
                    "a readable file in UTF-8 that holds the client secret and nothing else",
                    FileContents::clientSecret);

    public static final Format<Path> PASSWORD_FILE =
            holding(
                    "a readable file in UTF-8 that holds the password and nothing else",
                    FileContents::password);

    public static final Format<Path> ASSERTION_FILE =
            holding(
                    "a readable file that holds the token of the issuer (a JWT) and nothing else,"
                            + " such as the one that AZURE_FEDERATED_TOKEN_FILE names",
                    FileContents::assertion);

    public static final Format<Path> API_KEYS_FILE =
            holding(
                    "a readable file in UTF-8 with one key a line, each of at least 8 printable"
                            + " ASCII characters without blanks",
                    FileContents::apiKeys);

    public static final Format<Path> CA_CERTIFICATES =
            holding(
                    "a readable PEM file with the certificates of one or more authorities",
                    CaCertificates.LARGEST_FILE,
                    CaCertificates::usable);

    public static final Format<Path> TOKEN_STORE =
            new Format<>(
                    "a file, there already or not, in a directory that exists and can be written",
                    FileFormats::tokenStore);

    public static final Format<Path> READABLE =
            new Format<>("a readable file", FileFormats::readableFile);

    /** Reads the content of a file, to find out whether it can be used. */
    @FunctionalInterface
    private interface Content {
        Object parse(Path file, byte[] content) throws MalformedException;
    }

    private FileFormats() {}

    private static Format<Path> holding(String accepted, Content content) {
        return holding(accepted, SmallFile.LARGEST, content);
    }

    private static Format<Path> holding(String accepted, int largest, Content content) {
        return new Format<>(
                accepted,
                text -> {
                    Path file = path(text);
                    Object unused = content.parse(file, SmallFile.read(file, largest));
                    return file;
                });
    }

    public static Format<Path> clientCertificate(Secret password) {
        return holding(
                "a readable PKCS#12 file with one certificate that has not expired and its private"
                        + " key (RSA, 2048 bits or more), which opens with "
                        + Key.CLIENT_CERTIFICATE_PASSWORD.text(),
                (file, content) -> unexpired(file, content, password));
    }

    private static CertifiedKeys unexpired(Path file, byte[] content, Secret password)
            throws MalformedException {
        CertifiedKeys keys = KeyContents.ofTheApplication(file, content, password);
        X509Certificate certificate = keys.first().certificate();
        // One that is not valid yet may meet a slow clock of this machine: the login host decides.
        if (KeyContents.hasExpired(certificate)) {
            throw KeyContents.expired(file, certificate);
        }
        return keys;
    }

    public static Format<Path> tlsKeyStore(Secret password) {
        return holding(
                "a readable PKCS#12 or JKS file with a certificate and its private key, which opens"
                        + " with "
                        + Key.REST_TLS_KEYSTORE_PASSWORD.text(),
                (file, content) -> KeyContents.privateKeys(file, content, password));
    }

    private static Path tokenStore(String text) throws MalformedException {
        Path file = path(text).toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new MalformedException(
                    "the directory of " + Quoted.ofPath(file) + " does not exist");
        }
        if (!Files.isWritable(directory)) {
            throw new MalformedException(
                    "the directory of " + Quoted.ofPath(file) + " is not writable");
        }
        return Files.exists(file) ? readableFile(file.toString()) : file;
    }

    private static Path readableFile(String text) throws MalformedException {
        Path file = path(text);
        SmallFile.requireFile(file);
        return file;
    }

    private static Path path(String text) throws MalformedException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new MalformedException(Quoted.of(text) + " is no file name");
        }
    }
}
