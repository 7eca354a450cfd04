package io.github.orderlookup.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/**
 * A self-signed certificate for localhost and 127.0.0.1, made by the JDK's keytool; its files go
 * with the JVM.
 */
final class ServerCertificate {

    static final String PASSWORD = "changeit";

    private static final String ALIAS = "simulator";

    private final Path keyStore;
    private final Path trustStore;

    private ServerCertificate(Path keyStore, Path trustStore) {
        this.keyStore = keyStore;
        this.trustStore = trustStore;
    }

    /** The one certificate of this JVM. */
    static ServerCertificate ofThisJvm() {
        return OfThisJvm.CERTIFICATE;
    }

    /** PKCS12 with key and certificate. */
    Path keyStore() {
        return keyStore;
    }

    /** PKCS12 with the certificate alone. */
    Path trustStore() {
        return trustStore;
    }

    private static ServerCertificate generate() {
        try {
            Path directory = Files.createTempDirectory("order-lookup-simulator");
            Path keyStore = directory.resolve("key.p12");
            Path trustStore = directory.resolve("trust.p12");
            for (Path path : List.of(directory, keyStore, trustStore)) {
                path.toFile().deleteOnExit();
            }
            keytool(keyStore);
            copyCertificate(keyStore, trustStore);
            return new ServerCertificate(keyStore, trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be made", e);
        }
    }

    private static void keytool(Path keyStore) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }

    private static void copyCertificate(Path keyStore, Path trustStore)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate(ALIAS);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private static final class OfThisJvm {
        static final ServerCertificate CERTIFICATE = generate();
    }
}
