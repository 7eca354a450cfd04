package io.github.orderlookup.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/** A key with a self-signed certificate in a PKCS12 file, made by the JDK's keytool. */
public final class SelfSignedCertificate {

    static final String ALIAS = "simulator";

    private SelfSignedCertificate() {}

    /**
     * Makes an RSA key as an application registers one with Entra ID.
     *
     * @param keyStore the file to write; must not exist
     * @return the certificate, e.g. for {@link Simulator#registerCertificate}
     */
    public static X509Certificate ofAnApplication(Path keyStore, String password) {
        return generate(keyStore, password, List.of("-keyalg", "RSA", "-keysize", "2048"));
    }

    /** Makes an EC key for {@code localhost} and {@code 127.0.0.1}. */
    public static X509Certificate ofAServer(Path keyStore, String password) {
        return generate(
                keyStore,
                password,
                List.of(
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1"));
    }

    private static X509Certificate generate(Path keyStore, String password, List<String> key) {
        try {
            new Keytool()
                    .with("-genkeypair", "-alias", ALIAS, "-dname", "CN=localhost")
                    .with("-validity", "3650", "-storetype", "PKCS12")
                    .with("-keystore", keyStore.toString(), "-storepass", password)
                    .with(key.toArray(String[]::new))
                    .run();
            return read(keyStore, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be read", e);
        }
    }

    private static X509Certificate read(Path keyStore, String password)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, password.toCharArray());
        }
        return (X509Certificate) Objects.requireNonNull(keys.getCertificate(ALIAS));
    }
}
