package io.github.orderlookup.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.TestSettings;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the transport sends to a proxy, and what is said of a proxy that opens no tunnel. */
class ProxyTunnelTest {

    private static final String TOKEN = "Bearer t0ken";
    private static final String PASSWORD = "pa55word: of the proxy";

    private static ScheduledExecutorService timer;
    private ConnectProxy proxy;

    @BeforeAll
    static void startTimer() {
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stopTimer() {
        timer.shutdownNow();
    }

    @BeforeEach
    void startProxy() throws Exception {
        proxy = new ConnectProxy(403);
    }

    @AfterEach
    void stopProxy() throws Exception {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    403 | does not let this machine through to api.example:443 (status 403).
                    502 | cannot reach api.example:443 (status 502).
                    504 | cannot reach api.example:443 (status 504).
                    407 | asks for a user and a password, which partner-center.proxy-user and \
                    partner-center.proxy-password give (status 407).
                    204 | does not open the way to api.example:443 (status 204).
                    302 | does not open the way to api.example:443 (status 302).
                    """)
    void namesTheProxyThatRefuses(int status, String words) {
        proxy.answer(status);

        assertThat(detail(named(proxy.address())))
                .isEqualTo("The proxy %s %s", proxy.name(), words);
        assertThat(proxy.asked())
                .singleElement()
                .asString()
                .startsWith("CONNECT api.example:443 HTTP/1.1\r\n")
                .doesNotContain(TOKEN, "Proxy-Authorization");
    }

    @Test
    void givesTheCredentialToTheProxyAtOnceAndToNobodyElse() throws Exception {
        try (LoopbackServer host = new LoopbackServer(socket -> socket.getInputStream().read())) {
            proxy.answer(200);
            proxy.askFor("order lookup", PASSWORD).knows("api.example", host.address().getPort());

            String detail = detail(withUser(PASSWORD));

            assertThat(detail)
                    .as("the way is open, and the host hangs up")
                    .contains("opens the way, but TLS");
            assertThat(proxy.asked()).hasSize(1);
            assertThat(proxy.opened()).isEqualTo(1);
        }
    }

    @Test
    void saysThatTheProxyDoesNotAcceptThePassword() {
        proxy.askFor("order lookup", "another");

        assertThat(detail(withUser(PASSWORD)))
                .isEqualTo(
                        "The proxy %s does not accept partner-center.proxy-user with its password"
                                + " (status 407).",
                        proxy.name());
    }

    @Test
    void looksAtTheFileOfAPasswordThatIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "another");
        WayOut wayOut =
                WayOut.of(
                        new NetworkSettings(
                                new ProxySettings(
                                        proxy.address().getHostString(),
                                        proxy.address().getPort(),
                                        "order lookup",
                                        new Secret(""),
                                        file),
                                null));
        try (LoopbackServer host = new LoopbackServer(socket -> socket.getInputStream().read())) {
            proxy.answer(200);
            proxy.askFor("order lookup", PASSWORD).knows("api.example", host.address().getPort());
            Files.writeString(file, PASSWORD);

            assertThat(detail(wayOut)).contains("does not accept", "(status 407)");
            assertThat(detail(wayOut)).contains("opens the way");
        }
    }

    @Test
    void saysThatTheProxyAsksForSomethingElseThanAPassword() {
        proxy.refuse(
                407, "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM TlRMTVNTUAAC\r\n");

        assertThat(detail(withUser(PASSWORD)))
                .isEqualTo(
                        "The proxy %s asks for Negotiate, NTLM, but is given nothing but Basic: let"
                                + " it accept that, or let this machine through without (status"
                                + " 407).",
                        proxy.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002F",
                "HTTP/1.1"
            })
    void saysThatTheProxyAnswersNoHttp(String answer) {
        proxy.say(answer);

        assertThat(detail(named(proxy.address())))
                .isEqualTo("The proxy %s answers no HTTP, or hangs up.", proxy.name());
    }

    @Test
    void saysThatTheProxyNeverAnswers() throws Exception {
        try (LoopbackServer mute =
                new LoopbackServer(
                        socket ->
                                socket.getInputStream()
                                        .transferTo(OutputStream.nullOutputStream()))) {
            assertThat(detail(named(mute.address())))
                    .isEqualTo(
                            "The proxy %s takes connections but does not answer in time.",
                            mute.uri().getAuthority());
        }
    }

    @Test
    void saysThatTheProxyIsDown() {
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", FreePort.find());

        assertThat(detail(named(nobody)))
                .isEqualTo("The proxy 127.0.0.1:%s cannot be reached.", nobody.getPort());
    }

    @Test
    void saysThatTheProxyHasNoAddress() {
        var proxySettings =
                new ProxySettings("no-such-proxy.invalid", 3128, null, new Secret(""), null);

        assertThat(detail(new NetworkSettings(proxySettings, null)))
                .isEqualTo(
                        "The proxy no-such-proxy.invalid:3128 has no address that this machine"
                                + " knows.");
    }

    @Test
    void takesTheProxyOfTheJvmWhereTheSettingsNameNone() {
        ProxySelector before = ProxySelector.getDefault();
        proxy.answer(407);
        try {
            ProxySelector.setDefault(ProxySelector.of(proxy.address()));

            assertThat(detail(NetworkSettings.OF_THE_JVM))
                    .startsWith("The proxy " + proxy.name() + " asks for a user and a password")
                    .contains("the properties of the JVM cannot give");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void asksTheProxySelectorOfTheJvmForEachCall() {
        ProxySelector before = ProxySelector.getDefault();
        HttpHost api = new HttpHost("https", "api.example", 443);
        ProxyRoutes routes = new ProxyRoutes(WayOut.of(NetworkSettings.OF_THE_JVM));
        try {
            for (int port : new int[] {3128, 3129}) {
                ProxySelector.setDefault(
                        ProxySelector.of(InetSocketAddress.createUnresolved("proxy", port)));

                assertThat(routes.determineProxy(api, HttpClientContext.create()))
                        .isEqualTo(new HttpHost("http", "proxy", port));
            }
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private NetworkSettings withUser(String password) {
        return new NetworkSettings(
                new ProxySettings(
                        proxy.address().getHostString(),
                        proxy.address().getPort(),
                        "order lookup",
                        new Secret(password),
                        null),
                null);
    }

    private static NetworkSettings named(InetSocketAddress address) {
        return new NetworkSettings(
                new ProxySettings(
                        address.getHostString(), address.getPort(), null, new Secret(""), null),
                null);
    }

    /** What is said when a call fails; it holds neither the token nor the password. */
    private static String detail(NetworkSettings network) {
        return detail(WayOut.of(network));
    }

    private static String detail(WayOut wayOut) {
        URI api = URI.create("https://api.example");
        PartnerCenterSettings settings =
                TestSettings.partnerCenter(
                        api, api, Duration.ofMinutes(1), 0, NetworkSettings.OF_THE_JVM);
        try (HttpTransport transport =
                        new HttpTransport(settings, wayOut, 1, Set.of("Host", "Authorization"));
                CloseableHttpClient client =
                        transport.singleUseClient(Duration.ofMinutes(1), 1024, timer)) {
            HttpGet get = new HttpGet(api.resolve("/v1"));
            get.setHeader("Authorization", TOKEN);

            Throwable failure = catchThrowable(() -> client.execute(get, response -> null));

            assertThat(failure).isInstanceOf(ProxyException.class);
            assertThat(transport.connections().getTotalStats().getLeased()).isZero();
            return ((ProxyException) failure).detail();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
