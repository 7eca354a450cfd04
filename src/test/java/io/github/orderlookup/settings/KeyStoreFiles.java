package io.github.orderlookup.settings;

import io.github.orderlookup.simulator.http.KeyAlone;
import io.github.orderlookup.simulator.http.Keytool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Key stores and PEM files in a directory, with self-signed certificates. */
final class KeyStoreFiles {
    static final Secret PASSWORD = new Secret("pa55 w0rd of the store");

    private final Path directory;

    KeyStoreFiles(Path directory) {
        this.directory = directory;
    }

    /** A PKCS#12 file with one more self-signed certificate. */
    Path addKeyPair(String file, String alias, String... algorithm) throws Exception {
        Path store = directory.resolve(file);
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        arguments.addAll(List.of(algorithm));
        run(store, arguments);
        return store;
    }

    /** A PKCS#12 file with a certificate and no key. */
    Path certificateAlone(String file, Path certificate) throws Exception {
        Path store = directory.resolve(file);
        run(
                store,
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "x",
                        "-file",
                        certificate.toString()));
        return store;
    }

    /** A PKCS#12 file with the first key of a store, and no certificate. */
    static Path keyAlone(Path file, Path store) throws IOException, GeneralSecurityException {
        KeyAlone.write(file, store, PASSWORD.reveal());
        return file;
    }

    /** The first certificate of a store, as PEM. */
    Path pemCertificate(String file, Path store) throws IOException, GeneralSecurityException {
        return pem(file, "CERTIFICATE", entry(store).getCertificate().getEncoded());
    }

    /** The first key of a store, as PEM. */
    Path pemKey(String file, Path store) throws IOException, GeneralSecurityException {
        Key key = entry(store).getPrivateKey();
        return pem(file, "PRIVATE KEY", key.getEncoded());
    }

    private static java.security.KeyStore.PrivateKeyEntry entry(Path store)
            throws IOException, GeneralSecurityException {
        return KeyFiles.privateKeys(KeyFiles.open(Files.readAllBytes(store), PASSWORD), PASSWORD)
                .get(0);
    }

    private Path pem(String file, String label, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                directory.resolve(file),
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, base64));
    }

    private static void run(Path store, List<String> arguments) throws IOException {
        new Keytool()
                .with(arguments.toArray(String[]::new))
                .with("-storetype", "PKCS12", "-keystore", store.toString())
                .with("-storepass", PASSWORD.reveal())
                .run();
    }
}
