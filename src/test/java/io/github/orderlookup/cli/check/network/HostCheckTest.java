package io.github.orderlookup.cli.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.cli.check.finding.Finding;
import io.github.orderlookup.cli.check.finding.Finding.Mark;
import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.http.ConnectProxy;
import io.github.orderlookup.process.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What prevents a connection from this machine to a host: each finding on its own. */
class HostCheckTest {

    @TempDir private static Path directory;
    private static Pki pki;

    private final Findings findings = new Findings();

    @BeforeAll
    static void makeAuthority() {
        pki = new Pki(directory);
    }

    @Test
    void findsNothingWrongWithATrustedCertificate() throws Exception {
        assertThat(reach(pki.signed("good", "dns:localhost", "-1d", 365))).isTrue();

        assertThat(findings.all()).extracting(Finding::mark).containsOnly(Mark.OK);
        assertThat(tls().text()).contains("CN=good", "days");
    }

    @Test
    void notesACertificateThatRunsOutSoon() throws Exception {
        assertThat(reach(pki.signed("soon", "dns:localhost", "-1d", 11))).isTrue();

        assertThat(tls().mark()).isEqualTo(Mark.NOTE);
        assertThat(tls().text()).contains("days");
    }

    @Test
    void findsACertificateThatRanOut() throws Exception {
        assertThat(reach(pki.signed("late", "dns:localhost", "-20d", 10))).isFalse();

        assertThat(faults()).singleElement().asString().contains("CN=late", "ran out on");
    }

    @Test
    void findsACertificateOfAnotherHost() throws Exception {
        assertThat(reach(pki.signed("other", "dns:other.example", "-1d", 365))).isFalse();

        assertThat(faults()).singleElement().asString().contains("for another host: CN=other");
    }

    @Test
    void findsACertificateThatIsNotTrusted() throws Exception {
        URI[] origin = new URI[1];
        try (AutoCloseable server =
                Pki.serve(pki.signed("strange", "dns:localhost", "-1d", 365), origin)) {
            assertThat(server).isNotNull();
            HostCheck hosts =
                    new HostCheck(
                            findings,
                            Duration.ofSeconds(20),
                            Clock.systemUTC(),
                            TlsProbe.platform());

            assertThat(hosts.reach("API", origin[0])).isFalse();
        }

        assertThat(faults())
                .singleElement()
                .asString()
                .contains("not trusted", "CN=Authority of the tests");
    }

    @Test
    void asksTheProxyForTheWay() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        URI origin = URI.create("https://localhost:" + FreePort.find());
        try (ConnectProxy proxy = new ConnectProxy(407)) {
            ProxySelector.setDefault(ProxySelector.of(proxy.address()));

            assertThat(hosts().reach("API", origin)).isFalse();

            assertThat(faults())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + proxy.address().getPort(), "status 407");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void findsThatTheProxyIsDown() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", FreePort.find());
        try {
            ProxySelector.setDefault(ProxySelector.of(nobody));

            assertThat(hosts().reach("API", URI.create("https://localhost"))).isFalse();

            assertThat(faults())
                    .containsExactly(
                            "The proxy 127.0.0.1:" + nobody.getPort() + " does not answer.");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void findsThatNobodyListens() throws Exception {
        URI origin = URI.create("https://localhost:" + FreePort.find());

        assertThat(hosts().reach("API", origin)).isFalse();

        assertThat(faults()).singleElement().asString().startsWith("Nobody answers at localhost:");
    }

    @Test
    void findsThatThereIsNoSuchHost() throws Exception {
        assertThat(hosts().reach("API", URI.create("https://no-such-host.invalid"))).isFalse();

        assertThat(faults())
                .singleElement()
                .asString()
                .isEqualTo("No address is known for no-such-host.invalid.");
    }

    @Test
    void findsWhatDoesNotSpeakTls() throws Exception {
        try (ServerSocket mute =
                new ServerSocket(FreePort.find(), 5, InetAddress.getLoopbackAddress())) {
            Thread hangUp = new Thread(() -> hangUp(mute));
            hangUp.start();

            assertThat(hosts().reach("API", URI.create("https://localhost:" + mute.getLocalPort())))
                    .isFalse();
            hangUp.join();
        }

        assertThat(faults()).singleElement().asString().contains("does not speak TLS");
    }

    private static void hangUp(ServerSocket server) {
        try {
            server.accept().close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean reach(Path keyStore) throws Exception {
        URI[] origin = new URI[1];
        try (AutoCloseable server = Pki.serve(keyStore, origin)) {
            assertThat(server).isNotNull();
            return hosts().reach("API", origin[0]);
        }
    }

    private HostCheck hosts() throws Exception {
        return new HostCheck(findings, Duration.ofSeconds(20), Clock.systemUTC(), pki.trust());
    }

    private Finding tls() {
        return findings.all().get(1);
    }

    private List<String> faults() {
        return findings.all().stream()
                .filter(finding -> finding.mark() == Mark.FAULT)
                .peek(finding -> assertThat(finding.remedy()).isNotBlank())
                .map(Finding::text)
                .toList();
    }
}
