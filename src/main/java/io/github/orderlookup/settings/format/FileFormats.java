package io.github.orderlookup.settings.format;

import io.github.orderlookup.settings.CaCertificates;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.KeyFiles;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Date;
import java.util.List;

/**
 * Formats of settings that name a file. The file is opened, so that an unusable one stops the
 * start.
 */
public final class FileFormats {
    public static final Format<Path> PEM_CERTIFICATE =
            new Format<>(
                    "a readable PEM file with the certificate chain, the server's own first",
                    FileFormats::pemCertificate);

    public static final Format<Path> PEM_KEY =
            new Format<>(
                    "a readable PEM file with an unencrypted PKCS#8 key (\"BEGIN PRIVATE KEY\";"
                            + " openssl pkcs8 -topk8 -nocrypt makes one)",
                    FileFormats::pemKey);

    public static final Format<Path> CA_CERTIFICATES =
            new Format<>(
                    "a readable PEM file with the certificates of one or more authorities",
                    FileFormats::caCertificates);

    public static final Format<Path> TOKEN_STORE =
            new Format<>(
                    "a file, there already or not, in a directory that exists and can be written",
                    FileFormats::tokenStore);

    public static final Format<Path> READABLE =
            new Format<>("a readable file", FileFormats::readableFile);

    private static final int SHORTEST_RSA_KEY = 2048;

    private FileFormats() {}

    public static Format<Path> clientCertificate(Secret password) {
        return new Format<>(
                "a readable PKCS#12 file with one certificate and its private key (RSA, 2048 bits"
                        + " or more), which opens with "
                        + Key.CLIENT_CERTIFICATE_PASSWORD.text(),
                text -> clientCertificate(text, password));
    }

    public static Format<Path> tlsKeyStore(Secret password) {
        return new Format<>(
                "a readable PKCS#12 or JKS file with a certificate and its private key, which opens"
                        + " with "
                        + Key.REST_TLS_KEYSTORE_PASSWORD.text(),
                text -> {
                    Path file = readableFile(text);
                    privateKeys(file, password);
                    return file;
                });
    }

    private static Path clientCertificate(String text, Secret password) throws MalformedException {
        Path file = readableFile(text);
        List<KeyStore.PrivateKeyEntry> keys = privateKeys(file, password);
        if (keys.size() > 1) {
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + " holds "
                            + keys.size()
                            + " private keys: which is meant?");
        }
        if (!(keys.get(0).getPrivateKey() instanceof RSAKey rsa)) {
            throw new MalformedException(
                    "the private key in " + Quoted.ofPath(file) + " is no RSA key");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_RSA_KEY) {
            throw new MalformedException(
                    "the private key in " + Quoted.ofPath(file) + " has " + bits + " bits only");
        }
        return file;
    }

    /** The keys of a store, at least one. */
    private static List<KeyStore.PrivateKeyEntry> privateKeys(Path file, Secret password)
            throws MalformedException {
        try {
            KeyStore store = KeyFiles.open(file, password);
            List<KeyStore.PrivateKeyEntry> keys = KeyFiles.privateKeys(store, password);
            if (keys.isEmpty()) {
                throw new MalformedException(
                        Quoted.ofPath(file)
                                + (KeyFiles.isKeyAlone(store)
                                        ? " holds a private key without its certificate"
                                        : " holds no private key with a certificate"));
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new MalformedException(Quoted.ofPath(file) + whyClosed(e, password));
        }
    }

    private static String whyClosed(Exception failure, Secret password) {
        if (!KeyFiles.isAscii(password)) {
            return " does not open: Java opens PKCS#12 files with passwords of printable ASCII"
                    + " characters alone";
        }
        return KeyFiles.isAboutPassword(failure)
                ? " does not open: the password is wrong or missing"
                : " is no key store";
    }

    private static Path pemCertificate(String text) throws MalformedException {
        Path file = readableFile(text);
        try {
            KeyFiles.certificates(file);
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new MalformedException(Quoted.ofPath(file) + " holds no PEM certificate");
        }
    }

    private static Path caCertificates(String text) throws MalformedException {
        Path file = readableFile(text);
        try {
            requireOneOfToday(file, CaCertificates.read(file));
            return file;
        } catch (IOException e) {
            throw new MalformedException(Quoted.ofPath(file) + " cannot be read");
        } catch (CertificateException e) {
            throw new MalformedException(Quoted.ofPath(file) + " " + e.getMessage());
        }
    }

    /** A bundle may hold authorities of the past, but not alone. */
    private static void requireOneOfToday(Path file, List<X509Certificate> certificates)
            throws MalformedException {
        Date latest = new Date(0);
        for (X509Certificate certificate : certificates) {
            Date end = certificate.getNotAfter();
            latest = end.after(latest) ? end : latest;
        }
        if (latest.before(new Date())) {
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + " holds expired certificates alone, the last until "
                            + latest.toInstant().toString().substring(0, 10));
        }
    }

    private static Path pemKey(String text) throws MalformedException {
        Path file = readableFile(text);
        try {
            KeyFiles.privateKey(file);
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " holds no unencrypted PKCS#8 key in PEM");
        }
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
        if (!Files.exists(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " is no file");
        }
        if (!Files.isReadable(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " cannot be read by this user");
        }
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
