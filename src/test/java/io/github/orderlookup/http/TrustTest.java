package io.github.orderlookup.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.orderlookup.cli.check.network.Pki;
import io.github.orderlookup.network.PemFiles;
import io.github.orderlookup.network.UntrustedException;
import io.github.orderlookup.network.UntrustedException.Reason;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.TestSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates the transport accepts. */
class TrustTest {

    @TempDir private static Path directory;
    private static Pki pki;
    private static Path authority;
    private static ScheduledExecutorService timer;

    @BeforeAll
    static void makeAuthority() throws Exception {
        pki = new Pki(directory);
        authority = PemFiles.ofStore(directory.resolve("ca.pem"), pki.authority());
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void trustsTheAuthoritiesOfTheFile() throws Exception {
        assertThat(statusOf(pki.signed("good", "dns:localhost", "-1d", 365), authority))
                .isEqualTo(404);
    }

    @Test
    void trustsWhatTheFileHoldsWhenTheConnectionIsMade() throws Exception {
        Path keyStore = pki.signed("later", "dns:localhost", "-1d", 365);
        Path file = PemFiles.ofTheSimulator(directory);
        WayOut wayOut = WayOut.of(new NetworkSettings(null, file));
        assertThat(catchThrowable(() -> statusOf(keyStore, wayOut)))
                .isInstanceOf(SSLException.class);

        Files.copy(authority, file, StandardCopyOption.REPLACE_EXISTING);
        wayOut.files().get(0).lookNow();

        assertThat(statusOf(keyStore, wayOut)).isEqualTo(404);
    }

    @Test
    void namesTheAuthorityThatIsNotTrusted() throws Exception {
        UntrustedException refusal =
                refusalOf(pki.signed("strange", "dns:localhost", "-1d", 365), null);

        assertThat(refusal.reason()).isEqualTo(Reason.AUTHORITY);
        assertThat(refusal.detail())
                .contains("CN=Authority of the tests", "partner-center.ca-certificates");
    }

    @Test
    void acceptsNoCertificateOfAnotherHostHoweverTrusted() throws Exception {
        UntrustedException refusal =
                refusalOf(pki.signed("other", "dns:other.example", "-1d", 365), authority);

        assertThat(refusal.reason()).isEqualTo(Reason.NAME);
        assertThat(refusal.detail()).contains("for another host: CN=other");
    }

    @Test
    void acceptsNoExpiredCertificateHoweverTrusted() throws Exception {
        UntrustedException refusal =
                refusalOf(pki.signed("late", "dns:localhost", "-20d", 10), authority);

        assertThat(refusal.reason()).isEqualTo(Reason.DATES);
    }

    private static UntrustedException refusalOf(Path keyStore, @Nullable Path authorities) {
        Throwable failure = catchThrowable(() -> statusOf(keyStore, authorities));

        assertThat(failure).isInstanceOf(SSLException.class);
        return UntrustedException.in(failure).orElseThrow();
    }

    private static int statusOf(Path keyStore, @Nullable Path authorities) throws Exception {
        return statusOf(keyStore, WayOut.of(new NetworkSettings(null, authorities)));
    }

    private static int statusOf(Path keyStore, WayOut wayOut) throws Exception {
        URI[] origin = new URI[1];
        try (AutoCloseable server = Pki.serve(keyStore, origin);
                HttpTransport transport =
                        new HttpTransport(
                                TestSettings.partnerCenter(
                                        origin[0],
                                        origin[0],
                                        Duration.ofMinutes(1),
                                        0,
                                        NetworkSettings.OF_THE_JVM),
                                wayOut,
                                1,
                                Set.of("Host"));
                CloseableHttpClient client =
                        transport.singleUseClient(Duration.ofMinutes(1), 1024, timer)) {
            assertThat(server).isNotNull();
            return client.execute(new HttpGet(origin[0]), response -> response.getCode());
        }
    }
}
