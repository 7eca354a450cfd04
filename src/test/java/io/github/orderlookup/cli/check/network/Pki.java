package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.http.Keytool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority in a directory, the certificates that it signs, and servers that show them. */
public final class Pki {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    public Pki(Path directory) {
        this.directory = directory;
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keystore",
                file("ca").toString(),
                "-dname",
                "CN=Authority of the tests",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-ext",
                "bc:c",
                "-validity",
                "3650");
    }

    /**
     * A key store with a chain.
     *
     * @param names such as {@code dns:localhost}
     * @param start such as {@code -20d}, from now
     * @param days for which it is good
     */
    public Path signed(String alias, String names, String start, int days) {
        return signed(alias, names, start, days, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    /** The same for an application: RSA, and no host's name. */
    public Path signedRsa(String alias, String start, int days) {
        return signed(alias, "dns:localhost", start, days, "-keyalg", "RSA", "-keysize", "2048");
    }

    private Path signed(String alias, String names, String start, int days, String... key) {
        Path store = file(alias);
        try {
            Files.copy(file("ca"), store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> pair =
                new ArrayList<>(
                        List.of("-genkeypair", "-alias", alias, "-keystore", store.toString()));
        pair.addAll(List.of("-dname", "CN=" + alias, "-ext", "SAN=" + names, "-signer", "ca"));
        pair.addAll(List.of("-startdate", start, "-validity", "" + days));
        pair.addAll(List.of(key));
        keytool(pair.toArray(String[]::new));
        keytool("-delete", "-alias", "ca", "-keystore", store.toString());
        return store;
    }

    /** A store with the certificate of the authority and nothing else. */
    public Path authority() throws GeneralSecurityException, IOException {
        Path file = directory.resolve("trusted.p12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", load(file("ca")).getCertificate("ca"));
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Listens on a free port and completes the handshake of every client, until it is closed. */
    public static AutoCloseable serve(Path keyStore, URI[] origin)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server =
                com.sun.net.httpserver.HttpsServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()),
                        0);
        server.setHttpsConfigurator(new com.sun.net.httpserver.HttpsConfigurator(context));
        server.start();
        origin[0] = URI.create("https://localhost:" + server.getAddress().getPort());
        return () -> server.stop(0);
    }

    private Path file(String alias) {
        return directory.resolve(alias + ".p12");
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void keytool(String... arguments) {
        try {
            new Keytool()
                    .with(arguments)
                    .with("-storepass", PASSWORD, "-storetype", "PKCS12")
                    .with("-J-XX:TieredStopAtLevel=1")
                    .run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
