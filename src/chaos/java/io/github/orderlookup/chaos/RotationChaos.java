package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.PemCertificate;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.simulator.login.FederatedIssuer;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.TlsConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of credential, key and certificate is replaced under load, three times each. */
class RotationChaos {
    /** Fewer on a machine that does other work as well. */
    private static final int PER_SECOND = Integer.getInteger("chaos.per-second", 200);

    private static final int ROTATIONS = 3;

    /** So that a sign-in is due every few seconds. */
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private static final String PASSWORD = "changeit";
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;

    /** What the application proves itself with. */
    private enum Kind {
        SECRET("partner-center.client-secret-file"),
        CERTIFICATE("partner-center.client-certificate"),
        ASSERTION("partner-center.client-assertion-file");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theCredentialIsReplaced(Kind kind) throws IOException {
        Path file = directory.resolve("credential");
        FederatedIssuer issuer = new FederatedIssuer("https://issuer.example/", "order-lookup");
        Object present = write(kind, file, 0, issuer);
        RunningService.Builder options =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .without("partner-center.client-secret")
                        .setting(kind.key, file.toString());
        if (kind == Kind.CERTIFICATE) {
            options.setting("partner-center.client-certificate-password", PASSWORD);
        }
        try (RunningService service = options.start();
                Load load = new Load(service)) {
            Simulator simulator = service.simulator();
            long pid = service.process().pid();
            simulator.trustIssuer(issuer);
            accept(simulator, present);
            simulator.tokenLifetime(LIFETIME);
            simulator.latency(Duration.ofMillis(20), Duration.ofMillis(100));
            load.start(PER_SECOND);
            load.awaitOutcomes(2 * PER_SECOND);
            for (int i = 1; i <= ROTATIONS; i++) {
                Path next = directory.resolve("next");
                Object replacement = write(kind, next, i, issuer);
                accept(simulator, replacement);
                if (i == 2) {
                    // Once the old one is refused before the new one is there.
                    refuse(simulator, present);
                    LockSupport.parkNanos(GAP.toNanos());
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                    refuse(simulator, present);
                }
                present = replacement;
                int signIns = simulator.loginLog().size();
                await().atMost(PATIENCE).until(() -> simulator.loginLog().size() > signIns + 1);
                load.awaitOutcomes(load.answered() + PER_SECOND);
            }
            load.stop();
            load.awaitOutcomes();

            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(service.process().pid()).isEqualTo(pid);
            assertThat(service.process().isAlive()).isTrue();
            String name = kind.name().toLowerCase(Locale.ROOT);
            Finding.write(
                    "06-1-rotation-" + name,
                    "The "
                            + words(kind)
                            + " is replaced three times while the login host refuses the old one from"
                            + " a moment on: no lookup fails, without a restart.",
                    "RotationChaos.theCredentialIsReplaced",
                    load,
                    load.failed() + " failed",
                    simulator.loginLog().size() + " sign-ins",
                    "0 restarts");
        }
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case SECRET -> "client secret in a file";
            case CERTIFICATE -> "client certificate";
            case ASSERTION -> "token of a federated credential";
        };
    }

    /** Writes the credential of a number; returns what the simulator knows it by. */
    private static Object write(Kind kind, Path file, int number, FederatedIssuer issuer)
            throws IOException {
        return switch (kind) {
            case SECRET -> {
                String secret = "s3cr3t-number-" + number;
                Files.writeString(file, secret + "\n");
                yield secret;
            }
            case CERTIFICATE -> SelfSignedCertificate.ofAnApplication(file, PASSWORD);
            case ASSERTION -> {
                String token = issuer.token(Instant.now().plus(Duration.ofHours(1)));
                Files.writeString(file, token);
                yield token;
            }
        };
    }

    private static void accept(Simulator simulator, Object credential) {
        if (credential instanceof X509Certificate certificate) {
            simulator.registerCertificate(certificate);
        } else {
            simulator.addSecret((String) credential);
        }
    }

    private static void refuse(Simulator simulator, Object credential) {
        if (credential instanceof X509Certificate certificate) {
            simulator.removeCertificate(certificate);
        } else {
            simulator.expireSecret((String) credential);
            simulator.refuseAssertion((String) credential);
        }
    }

    @Test
    void theKeysAndTheCertificateOfTheRestEndpointAreReplaced() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "key-number-0");
        PemCertificate first = PemCertificate.ofAServer();
        Path certificate = Files.writeString(directory.resolve("tls.crt"), first.text());
        Path key = Files.writeString(directory.resolve("tls.key"), first.key());
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .withoutKafka()
                                .without("order-lookup.rest.api-keys")
                                .setting("order-lookup.rest.api-keys-file", keys.toString())
                                .setting(
                                        "order-lookup.rest.tls-certificate", certificate.toString())
                                .setting("order-lookup.rest.tls-key", key.toString())
                                .start();
                RestLoad load = new RestLoad(service.rest(), "key-number-0", PER_SECOND)) {
            long pid = service.process().pid();
            service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(100));
            load.awaitAnswers(2 * PER_SECOND);
            for (int i = 1; i <= ROTATIONS; i++) {
                replaceKey(service, keys, load, i);
                replaceCertificate(service, certificate, key);
                load.awaitAnswers(load.answered() + 2 * PER_SECOND);
            }
            load.stop();

            assertThat(load.failures()).isEmpty();
            assertThat(service.process().pid()).isEqualTo(pid);
            assertThat(new RestClient(service).isReady()).isTrue();
            Finding.write(
                    new Finding(
                            "06-1-rotation-rest",
                            "API keys and the certificate of the REST endpoint are replaced three"
                                    + " times each: no lookup fails, connections live on, and the old"
                                    + " key is refused.",
                            "RotationChaos.theKeysAndTheCertificateOfTheRestEndpointAreReplaced",
                            List.of(
                                    load.answered() + " lookups over REST",
                                    load.failures().size() + " failed",
                                    load.connections() + " connections",
                                    "0 restarts")));
        }
    }

    private static void replaceKey(RunningService service, Path file, RestLoad load, int number)
            throws IOException {
        String before = load.key();
        String next = "key-number-" + number;
        Files.writeString(file, before + "\n" + next + "\n");
        awaitStatus(service, next, 200);
        load.useKey(next);
        LockSupport.parkNanos(GAP.toNanos());
        Files.writeString(file, next + "\n");
        awaitStatus(service, before, 401);
    }

    private static void awaitStatus(RunningService service, String key, int status) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (TlsConnection probe = TlsConnection.open(service.rest())) {
                                return probe.lookUp("order--probe", key) == status;
                            }
                        });
    }

    private static void replaceCertificate(RunningService service, Path certificate, Path key)
            throws IOException {
        PemCertificate next = PemCertificate.ofAServer();
        Files.writeString(certificate, next.text());
        LockSupport.parkNanos(GAP.toNanos());
        Files.writeString(key, next.key());
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (TlsConnection probe = TlsConnection.open(service.rest())) {
                                return probe.certificate().equals(next.certificate());
                            }
                        });
    }
}
