package io.github.orderlookup.cli.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.cli.check.finding.Finding;
import io.github.orderlookup.cli.check.finding.Finding.Mark;
import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.http.ConnectProxy;
import io.github.orderlookup.network.PemFiles;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What prevents a connection from this machine to a host: each finding on its own. */
class HostCheckTest {

    @TempDir private static Path directory;
    private static final URI API = URI.create("https://api.partnercenter.test");

    private static Pki pki;
    private static Path authority;

    private final Findings findings = new Findings();

    @BeforeAll
    static void makeAuthority() throws Exception {
        pki = new Pki(directory);
        authority = PemFiles.ofStore(directory.resolve("ca.pem"), pki.authority());
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

            assertThat(hosts(NetworkSettings.OF_THE_JVM, Map.of()).reach("API", origin[0]))
                    .isFalse();
        }

        assertThat(faults())
                .singleElement()
                .asString()
                .contains("CN=Authority of the tests, which is not trusted");
    }

    @Test
    void goesThroughTheTunnelOfTheProxyAndLooksAtTheHostBehindIt() throws Exception {
        URI[] origin = new URI[1];
        try (AutoCloseable server =
                        Pki.serve(
                                pki.signed("behind", "dns:api.partnercenter.test", "-1d", 365),
                                origin);
                ConnectProxy proxy = new ConnectProxy(200)) {
            assertThat(server).isNotNull();
            proxy.knows("api.partnercenter.test", origin[0].getPort());
            proxy.askFor("user", "pa55word");
            ProxySettings setting =
                    new ProxySettings(
                            "127.0.0.1",
                            proxy.address().getPort(),
                            "user",
                            new Secret("pa55word"),
                            null);

            HostCheck hosts = hosts(new NetworkSettings(setting, authority), Map.of());

            assertThat(hosts.reach("API", API)).isTrue();
            assertThat(findings.all()).extracting(Finding::mark).containsOnly(Mark.OK);
            assertThat(findings.all().get(0).text())
                    .isEqualTo("through the proxy %s (partner-center.proxy)", proxy.name());
            assertThat(findings.all().get(2).text()).contains("CN=behind");
            assertThat(proxy.opened()).isEqualTo(1);
        }
    }

    @Test
    void namesTheAuthorityOfAProxyThatInspectsTls() throws Exception {
        URI[] origin = new URI[1];
        try (AutoCloseable server =
                        Pki.serve(pki.signed("inspected", "dns:localhost", "-1d", 365), origin);
                ConnectProxy proxy = new ConnectProxy(200)) {
            assertThat(server).isNotNull();

            assertThat(hosts(named(proxy.address()), Map.of()).reach("API", origin[0])).isFalse();
        }

        assertThat(faults()).singleElement().asString().contains("CN=Authority of the tests");
        assertThat(findings.all().get(findings.all().size() - 1).remedy())
                .contains("partner-center.ca-certificates");
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 502})
    void saysWhyTheProxyOpensNoTunnel(int status) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(status)) {
            assertThat(hosts(named(proxy.address()), Map.of()).reach("API", API)).isFalse();

            assertThat(faults())
                    .singleElement()
                    .asString()
                    .contains(proxy.name(), "(status " + status + ").");
        }
    }

    @Test
    void findsAProxyThatAnswersNoHttp() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(200)) {
            proxy.say("SSH-2.0-OpenSSH_9.2\r\n\r\n");

            assertThat(hosts(named(proxy.address()), Map.of()).reach("API", API)).isFalse();

            assertThat(faults())
                    .containsExactly(
                            "The proxy " + proxy.name() + " answers no HTTP, or hangs up.");
        }
    }

    @Test
    void findsThatTheProxyOfTheJvmIsDown() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", FreePort.find());
        try {
            ProxySelector.setDefault(ProxySelector.of(nobody));

            assertThat(hosts().reach("API", API)).isFalse();

            assertThat(findings.all().get(0).text()).contains("(https.proxyHost of this JVM)");
            assertThat(faults())
                    .containsExactly(
                            "The proxy 127.0.0.1:" + nobody.getPort() + " cannot be reached.");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void notesThatTheProxyOfTheEnvironmentIsNotRead() throws Exception {
        HostCheck hosts =
                hosts(NetworkSettings.OF_THE_JVM, Map.of("https_proxy", "http://u:pa55@proxy:1"));

        hosts.reach("API", URI.create("https://localhost:" + FreePort.find()));

        assertThat(findings.all().get(0).mark()).isEqualTo(Mark.NOTE);
        assertThat(findings.all().get(0).text()).startsWith("direct").doesNotContain("pa55");
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
        return hosts(new NetworkSettings(null, authority), Map.of());
    }

    private HostCheck hosts(NetworkSettings network, Map<String, String> environment) {
        return new HostCheck(
                findings,
                Duration.ofSeconds(20),
                Clock.systemUTC(),
                WayOut.of(network),
                environment);
    }

    private static NetworkSettings named(InetSocketAddress proxy) {
        return new NetworkSettings(
                new ProxySettings(
                        proxy.getHostString(), proxy.getPort(), null, new Secret(""), null),
                null);
    }

    private Finding tls() {
        return findings.all().get(2);
    }

    private List<String> faults() {
        return findings.all().stream()
                .filter(finding -> finding.mark() == Mark.FAULT)
                .peek(finding -> assertThat(finding.remedy()).isNotBlank())
                .map(Finding::text)
                .toList();
    }
}
