package io.github.orderlookup.simulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A self-signed certificate of a server, and its key, as PEM.
 *
 * @param text of the certificate
 * @param key of its private key, PKCS#8
 */
public record PemCertificate(X509Certificate certificate, String text, String key) {
    private static final String PASSWORD = "changeit";

    /** Makes an EC key for {@code localhost} and {@code 127.0.0.1}. */
    public static PemCertificate ofAServer() {
        try {
            Path directory = Files.createTempDirectory("order-lookup-pem");
            Path store = directory.resolve("server.p12");
            try {
                X509Certificate certificate = SelfSignedCertificate.ofAServer(store, PASSWORD);
                return new PemCertificate(
                        certificate,
                        pem("CERTIFICATE", certificate.getEncoded()),
                        pem("PRIVATE KEY", key(store).getEncoded()));
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Key key(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return keys.getKey(keys.aliases().nextElement(), PASSWORD.toCharArray());
    }

    private static String pem(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, base64);
    }
}
