package io.github.orderlookup.system.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.PemCertificate;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import io.github.orderlookup.system.TlsConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar while the files of its secrets, keys and certificates change. */
class CredentialRotationIT {
    private static final String OLD_KEY = "key-of-the-caller-1";
    private static final String NEW_KEY = "key-of-the-caller-2";

    @TempDir private static Path directory;

    private static PemCertificate first;
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        first = PemCertificate.ofAServer();
        write("secret", Simulator.CLIENT_SECRET);
        write("keys", OLD_KEY + "\n");
        write("tls.crt", first.text());
        write("tls.key", first.key());
        service =
                RunningService.builder()
                        .withoutKafka()
                        .without("partner-center.client-secret")
                        .without("order-lookup.rest.api-keys")
                        .setting("partner-center.client-secret-file", file("secret"))
                        .setting("order-lookup.rest.api-keys-file", file("keys"))
                        .setting("order-lookup.rest.tls-certificate", file("tls.crt"))
                        .setting("order-lookup.rest.tls-key", file("tls.key"))
                        .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void goesOnWithNewFilesWithoutARestart() throws IOException {
        try (TlsConnection open = TlsConnection.open(service.rest())) {
            assertThat(open.certificate()).isEqualTo(first.certificate());
            assertThat(open.lookUp("order--1", OLD_KEY)).isEqualTo(200);

            takesANewCertificateForNewConnections();
            takesANewKeyAndRefusesTheOldOne(open);
            signsInWithTheNewSecretAsSoonAsItIsThere(open);
            saysWhichFileCannotBeUsedAndGoesOn(open);
        }
        assertThat(service.process().isAlive()).isTrue();
    }

    private static void takesANewCertificateForNewConnections() throws IOException {
        PemCertificate second = PemCertificate.ofAServer();
        write("tls.crt", second.text());
        write("tls.key", second.key());

        await().until(
                        () -> {
                            try (TlsConnection made = TlsConnection.open(service.rest())) {
                                return made.certificate().equals(second.certificate());
                            }
                        });
    }

    private static void takesANewKeyAndRefusesTheOldOne(TlsConnection open) throws IOException {
        write("keys", OLD_KEY + "\n\n" + NEW_KEY + "\n");
        await().until(() -> open.lookUp("order--2", NEW_KEY) == 200);
        assertThat(open.lookUp("order--3", OLD_KEY)).isEqualTo(200);
        write("keys", NEW_KEY);
        await().until(() -> open.lookUp("order--4", OLD_KEY) == 401);
    }

    private static void signsInWithTheNewSecretAsSoonAsItIsThere(TlsConnection open)
            throws IOException {
        Simulator simulator = service.simulator();
        simulator.expireSecret(Simulator.CLIENT_SECRET);
        simulator.revokeAccessTokens();
        assertThat(open.lookUp("order--5", NEW_KEY)).isEqualTo(502);
        simulator.addSecret("the-next-s3cr3t");
        write("secret", "the-next-s3cr3t");

        await().until(() -> open.lookUp("order--6", NEW_KEY) == 200);
    }

    private static void saysWhichFileCannotBeUsedAndGoesOn(TlsConnection open) throws IOException {
        var health = new RestClient(service);
        write("keys", "short");
        await().until(() -> health.readiness().contains("order-lookup.rest.api-keys-file: "));

        assertThat(health.isReady()).isTrue();
        assertThat(health.readiness())
                .contains("keys", "the key on line 1 is too short")
                .doesNotContain("\"short\"");
        assertThat(unusable("api-keys")).isEqualTo(1);
        assertThat(unusable("client-secret")).isZero();
        assertThat(Scrape.of(service).value("order_lookup_rest_certificate_validity_seconds"))
                .isGreaterThan(0);
        assertThat(open.lookUp("order--7", NEW_KEY)).isEqualTo(200);

        write("keys", NEW_KEY);
        await().until(() -> unusable("api-keys") == 0);
        assertThat(service.process().stdout())
                .containsOnlyOnce("order-lookup.rest.api-keys-file cannot be used")
                .containsOnlyOnce("order-lookup.rest.api-keys-file can be used again");
    }

    private static double unusable(String file) {
        return Scrape.of(service).value("order_lookup_file_unusable", "file", file);
    }

    /** Replaces a file as editors do. */
    private static void write(String name, String content) throws IOException {
        Path next = Files.writeString(directory.resolve(name + ".new"), content);
        Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }
}
