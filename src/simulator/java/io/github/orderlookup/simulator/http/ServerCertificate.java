package io.github.orderlookup.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificate of both origins, one for the whole JVM.
 *
 * @param keyStore PKCS12 with key and certificate; goes with the JVM
 * @param trustStore PKCS12 with the certificate alone; goes with the JVM
 */
public record ServerCertificate(Path keyStore, Path trustStore) {

    public static final String PASSWORD = "changeit";

    public static ServerCertificate ofThisJvm() {
        return OfThisJvm.CERTIFICATE;
    }

    private static ServerCertificate generate() {
        try {
            Path directory = Files.createTempDirectory("order-lookup-simulator");
            Path keyStore = directory.resolve("key.p12");
            Path trustStore = directory.resolve("trust.p12");
            for (Path path : List.of(directory, keyStore, trustStore)) {
                path.toFile().deleteOnExit();
            }
            writeTrustStore(trustStore, SelfSignedCertificate.ofAServer(keyStore, PASSWORD));
            return new ServerCertificate(keyStore, trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust store cannot be made", e);
        }
    }

    private static void writeTrustStore(Path file, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(SelfSignedCertificate.ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private static final class OfThisJvm {
        static final ServerCertificate CERTIFICATE = generate();
    }
}
