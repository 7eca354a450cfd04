package io.github.orderlookup.settings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys with their certificates, read from files. No message of its own shows a password.
 */
public final class KeyFiles {
    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*+-----END CERTIFICATE-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private KeyFiles() {}

    /** Opens the content of a PKCS#12 or JKS file. */
    public static KeyStore open(byte[] content, Secret password)
            throws IOException, GeneralSecurityException {
        // The JDK's PKCS12 takes JKS as well.
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password.reveal().toCharArray());
        return store;
    }

    /**
     * The certificate chain of a PEM file, leaf first. What else is in it, such as the key, is
     * passed over.
     *
     * @throws CertificateException when there is none
     */
    public static List<Certificate> certificates(byte[] content) throws CertificateException {
        Matcher pem = CERTIFICATE.matcher(new String(content, US_ASCII));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> chain = new ArrayList<>();
        while (pem.find()) {
            chain.add(
                    factory.generateCertificate(
                            new ByteArrayInputStream(pem.group().getBytes(US_ASCII))));
        }
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return List.copyOf(chain);
    }

    /**
     * The private key of a PEM file.
     *
     * @throws GeneralSecurityException when it holds no unencrypted PKCS#8 key
     */
    public static PrivateKey privateKey(byte[] content) throws GeneralSecurityException {
        Matcher pem = PKCS8.matcher(new String(content, UTF_8));
        if (!pem.find()) {
            throw new InvalidKeyException("no PKCS#8 key");
        }
        InvalidKeyException unusable = new InvalidKeyException("unknown kind of key");
        for (String algorithm : ALGORITHMS) { // written inside: only the right factory takes it
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8(pem.group(1)));
            } catch (GeneralSecurityException e) {
                unusable.addSuppressed(e);
            }
        }
        throw unusable;
    }

    private static PKCS8EncodedKeySpec pkcs8(String base64) throws InvalidKeyException {
        try {
            return new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("cut short", e);
        }
    }

    /** The private keys of a store that have a certificate. */
    public static List<KeyStore.PrivateKeyEntry> privateKeys(KeyStore store, Secret password)
            throws GeneralSecurityException {
        List<KeyStore.PrivateKeyEntry> entries = new ArrayList<>();
        var protection = new KeyStore.PasswordProtection(password.reveal().toCharArray());
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)
                    && store.getCertificateChain(alias) != null
                    && store.getEntry(alias, protection)
                            instanceof KeyStore.PrivateKeyEntry entry) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Whether a store holds a private key that came without a certificate. */
    public static boolean isKeyAlone(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificateChain(alias) == null) {
                return true;
            }
        }
        return false;
    }

    /** Java opens a PKCS#12 file with no other characters, however right the password is. */
    public static boolean isAscii(Secret password) {
        return password.reveal().chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Whether a store failed to open because of the password rather than of the file. */
    public static boolean isAboutPassword(Exception failure) {
        return failure instanceof UnrecoverableKeyException
                || failure.getCause() instanceof UnrecoverableKeyException;
    }

    /** Whether the two belong together: what the one signs the other verifies. */
    public static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        String name =
                switch (privateKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> privateKey.getAlgorithm();
                };
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(name);
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
