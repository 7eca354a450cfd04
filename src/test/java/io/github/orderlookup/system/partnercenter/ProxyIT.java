package io.github.orderlookup.system.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.cli.check.network.Pki;
import io.github.orderlookup.http.ConnectProxy;
import io.github.orderlookup.network.PemFiles;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on a network that has one way out: a proxy that asks for a credential and alone
 * knows the names of both hosts, whose certificates come from an authority that no JVM knows.
 */
class ProxyIT {

    private static final String API = "api.partnercenter.test";
    private static final String LOGIN = "login.partnercenter.test";
    private static final String PASSWORD = "pa55word-of-the-proxy";
    private static final String NEXT_PASSWORD = "pa55word-that-came-later";

    @TempDir private static Path directory;
    private static Path certificate;
    private static Path authority;
    private static Path passwordFile;
    private static Path authorities;

    @BeforeAll
    static void makeAuthority() throws Exception {
        Pki pki = new Pki(directory);
        certificate = pki.signed("hosts", "dns:" + API + ",dns:" + LOGIN, "-1d", 365);
        authority = PemFiles.ofStore(directory.resolve("authority.pem"), pki.authority());
        authorities = PemFiles.ofTheSimulator(directory);
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD);
    }

    @Test
    void reachesBothHostsThroughTheProxyAloneAndNamesItWhenItRefuses() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(200).askFor("order-lookup", PASSWORD);
                RunningService service = behind(proxy)) {
            Simulator simulator = service.simulator();
            proxy.knows(API, simulator.apiUrl().getPort())
                    .knows(LOGIN, simulator.loginUrl().getPort());
            RestClient rest = new RestClient(service);

            assertThat(rest.lookUp("order--1").body()).contains("CN=Authority of the tests");
            Files.copy(authority, authorities, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> rest.lookUp("order--1").statusCode() == 200);
            assertThat(proxy.asked())
                    .as("a tunnel to each host, and the token in none of the requests")
                    .anyMatch(head -> head.startsWith("CONNECT " + API + ":443 "))
                    .anyMatch(head -> head.startsWith("CONNECT " + LOGIN + ":443 "))
                    .allMatch(head -> head.startsWith("CONNECT "))
                    .noneMatch(head -> head.contains("\r\nAuthorization"));
            assertThat(simulator.apiLog().all())
                    .as("the credential of the proxy does not leave with the call")
                    .allSatisfy(call -> assertThat(call.header("Proxy-Authorization")).isEmpty());

            assertThat(check(service)).contains("(partner-center.proxy)", "CN=hosts, good until");

            proxy.askFor("order-lookup", NEXT_PASSWORD);
            simulator.revokeAccessTokens();
            Files.writeString(authorities, "no certificate");
            assertThatTheProxyIsNamed(rest, service, proxy);
            Files.writeString(passwordFile, NEXT_PASSWORD + "\n");
            await().until(() -> rest.lookUp("order--3").statusCode() == 200);
            assertThatTheFileIsNamed(rest, service);
        }
    }

    /** Until it is known as an outage, each lookup meets the refusal itself. */
    private static void assertThatTheProxyIsNamed(
            RestClient rest, RunningService service, ConnectProxy proxy) throws Exception {
        await().untilAsserted(
                        () -> {
                            HttpResponse<String> answer = rest.lookUp("order--2");
                            JsonNode problem = Outcome.json(answer.body().getBytes());
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(problem.path("type").asText())
                                    .endsWith(":upstream-unavailable");
                            assertThat(problem.path("detail").asText())
                                    .contains("The proxy " + proxy.name())
                                    .contains("does not accept partner-center.proxy-user");
                        });
        await().untilAsserted(
                        () ->
                                assertThat(rest.readiness())
                                        .contains("The proxy " + proxy.name(), "407"));
        assertThat(service.process().stdout()).doesNotContain("\"level\":\"ERROR\"", "Exception");
    }

    /** Its previous content stays in use. */
    private static void assertThatTheFileIsNamed(RestClient rest, RunningService service) {
        Scrape metrics = Scrape.of(service);

        assertThat(rest.readiness()).contains("partner-center.ca-certificates: ");
        assertThat(metrics.value("order_lookup_file_unusable", "file", "ca-certificates")).isOne();
        assertThat(metrics.value("order_lookup_file_unusable", "file", "proxy-password")).isZero();
        assertThat(service.process().stdout())
                .containsOnlyOnce("partner-center.ca-certificates cannot be used")
                .containsOnlyOnce("partner-center.proxy-password-file has changed")
                .doesNotContain(PASSWORD, NEXT_PASSWORD);
    }

    @Test
    void obeysTheProxyPropertiesOfTheJvm() throws IOException {
        try (ConnectProxy proxy = new ConnectProxy(200);
                RunningService service =
                        RunningService.builder()
                                .withoutKafka()
                                .property("https.proxyHost", "127.0.0.1")
                                .property(
                                        "https.proxyPort",
                                        Integer.toString(proxy.address().getPort()))
                                .property("http.nonProxyHosts", "")
                                .start()) {
            assertThat(new RestClient(service).lookUp("order--1").statusCode()).isEqualTo(200);
            assertThat(proxy.asked())
                    .hasSize(2)
                    .anyMatch(head -> head.startsWith(tunnel(service.simulator().apiUrl())))
                    .anyMatch(head -> head.startsWith(tunnel(service.simulator().loginUrl())));
        }
    }

    private static String tunnel(URI origin) {
        return "CONNECT " + origin.getAuthority() + " ";
    }

    /** What the command prints with the settings of the service. */
    private static String check(RunningService service) {
        JavaCommand command =
                JarProcess.in(service.directory())
                        .options("-Xmx256m", "-XX:TieredStopAtLevel=1")
                        .arguments("check");
        try (ChildProcess process = command.start()) {
            assertThat(process.awaitExit()).as(process.stdout()).isZero();
            return process.stdout();
        }
    }

    private static RunningService behind(ConnectProxy proxy) {
        return RunningService.builder()
                .simulator(Simulator.builder().certificate(certificate))
                .withoutKafka()
                .jvmTrust()
                .setting("order-lookup.max-attempts", "1")
                .setting("partner-center.api-url", "https://" + API)
                .setting("partner-center.login-url", "https://" + LOGIN)
                .setting("partner-center.proxy", proxy.url())
                .setting("partner-center.proxy-user", "order-lookup")
                .setting("partner-center.proxy-password-file", passwordFile.toString())
                .setting("partner-center.ca-certificates", authorities.toString())
                .start();
    }
}
