package io.github.orderlookup.settings.format;

import io.github.orderlookup.settings.KeyFiles;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.Tls;
import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;

/**
 * Converts the content of files that hold keys and certificates. Pure: paths are for the message
 * alone, which shows nothing of the content.
 */
public final class KeyContents {
    private static final int SHORTEST_RSA_KEY = 2048;

    private KeyContents() {}

    /** The key by which the application signs in: RSA, the only one of a PKCS#12 file. */
    public static CertifiedKeys ofTheApplication(Path file, byte[] content, Secret password)
            throws MalformedException {
        List<KeyStore.PrivateKeyEntry> keys = privateKeys(file, content, password);
        if (keys.size() > 1) {
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + " holds "
                            + keys.size()
                            + " private keys: which is meant?");
        }
        requireStrong(file, keys.get(0).getPrivateKey());
        return new CertifiedKeys(List.of(CertifiedKey.of(keys.get(0))));
    }

    private static void requireStrong(Path file, PrivateKey key) throws MalformedException {
        if (!(key instanceof RSAKey rsa)) {
            throw new MalformedException(
                    "the private key in " + Quoted.ofPath(file) + " is no RSA key");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_RSA_KEY) {
            throw new MalformedException(
                    "the private key in " + Quoted.ofPath(file) + " has " + bits + " bits only");
        }
    }

    /**
     * The keys of the REST endpoint.
     *
     * @param contents one for each of the {@linkplain Tls#files files}
     */
    public static CertifiedKeys ofTheServer(Tls tls, List<byte[]> contents)
            throws MalformedException {
        if (tls instanceof Tls.PemFiles pem) {
            return new CertifiedKeys(List.of(pem(pem, contents.get(0), contents.get(1))));
        }
        Tls.KeyStoreFile store = (Tls.KeyStoreFile) tls;
        return new CertifiedKeys(
                privateKeys(store.file(), contents.get(0), store.password()).stream()
                        .map(CertifiedKey::of)
                        .toList());
    }

    private static CertifiedKey pem(Tls.PemFiles files, byte[] certificates, byte[] key)
            throws MalformedException {
        List<X509Certificate> chain = certificates(files.certificate(), certificates);
        PrivateKey privateKey = privateKey(files.key(), key);
        if (!KeyFiles.match(privateKey, chain.get(0).getPublicKey())) {
            throw new MalformedException(
                    "the key in " + Quoted.ofPath(files.key()) + " is not that of the certificate");
        }
        return new CertifiedKey(privateKey, chain);
    }

    static List<X509Certificate> certificates(Path file, byte[] content) throws MalformedException {
        try {
            return KeyFiles.certificates(content).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new MalformedException(Quoted.ofPath(file) + " holds no PEM certificate");
        }
    }

    static PrivateKey privateKey(Path file, byte[] content) throws MalformedException {
        try {
            return KeyFiles.privateKey(content);
        } catch (GeneralSecurityException e) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " holds no unencrypted PKCS#8 key in PEM");
        }
    }

    /** The keys of a store, at least one. */
    static List<KeyStore.PrivateKeyEntry> privateKeys(Path file, byte[] content, Secret password)
            throws MalformedException {
        try {
            KeyStore store = KeyFiles.open(content, password);
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

    /** Whether the time of a certificate is over, by the clock of this machine. */
    static boolean hasExpired(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return false;
        } catch (CertificateExpiredException e) {
            return true;
        } catch (CertificateNotYetValidException e) {
            return false;
        }
    }

    /**
     * A certificate has expired.
     *
     * @param file it was read from
     */
    static MalformedException expired(Path file, X509Certificate certificate) {
        return new MalformedException(
                "the certificate in "
                        + Quoted.ofPath(file)
                        + " expired at "
                        + certificate.getNotAfter().toInstant());
    }

    /** Requires certificates that are within their dates. */
    public static void requireValid(Path file, CertifiedKeys keys, Instant now)
            throws MalformedException {
        for (CertifiedKey key : keys.all()) {
            if (now.isAfter(key.expiry())) {
                throw expired(file, key.certificate());
            }
            Instant begin = key.certificate().getNotBefore().toInstant();
            if (now.isBefore(begin)) {
                throw new MalformedException(
                        "the certificate in "
                                + Quoted.ofPath(file)
                                + " is valid from "
                                + begin
                                + " on only");
            }
        }
    }
}
