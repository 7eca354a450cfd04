package io.github.orderlookup.network;

import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/** Certificates as the setting {@code partner-center.ca-certificates} takes them. */
public final class PemFiles {

    private PemFiles() {}

    /** A file in this directory that lets a client trust the simulator of this JVM. */
    public static Path ofTheSimulator(Path directory) throws IOException, GeneralSecurityException {
        return ofStore(directory.resolve("simulator.pem"), Simulator.trustStore());
    }

    /** Writes every certificate of a PKCS#12 store, password {@code changeit}, into a file. */
    public static Path ofStore(Path file, Path store) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            trusted.load(in, "changeit".toCharArray());
        }
        StringBuilder pem = new StringBuilder();
        for (String alias : Collections.list(trusted.aliases())) {
            pem.append(pem(trusted.getCertificate(alias)));
        }
        return Files.writeString(file, pem);
    }

    /** As openssl writes one. */
    public static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
