package io.github.orderlookup.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.SelfSignedCertificate;
import io.github.orderlookup.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged jar prints and publishes gives no secret away, whatever is logged. */
class LogHygieneIT {
    private static final String PASSWORD = "pa55word-of-the-certificate";
    private static final String KEY = "k3y-of-a-caller";
    private static final String WRONG_KEY = "k3y-of-nobody";

    private static final String EVERYTHING =
            """
            status = warn
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %p %c %m%n%throwable
            rootLogger.level = trace
            rootLogger.appenderRef.console.ref = console
            """;

    @Test
    void givesNoSecretAwayWhenEverythingIsLogged(@TempDir Path directory) throws Exception {
        Path keyStore = directory.resolve("application.p12");
        Path logging = Files.writeString(directory.resolve("everything.properties"), EVERYTHING);
        var certificate = SelfSignedCertificate.ofAnApplication(keyStore, PASSWORD);
        RunningService.Builder options =
                RunningService.builder()
                        .property("log4j2.configurationFile", logging.toString())
                        .setting("partner-center.client-secret", "")
                        .setting("partner-center.client-certificate", keyStore.toString())
                        .setting("partner-center.client-certificate-password", PASSWORD)
                        .setting("partner-center.auth-mode", "app-user")
                        .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                        .setting("partner-center.token-store", "refresh-token.json")
                        .setting("order-lookup.rest.api-keys", KEY);
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            service.simulator().registerCertificate(certificate);
            RestClient rest = new RestClient(service);

            assertThat(asker.ask(Asker.request("order--1")).kind()).isEqualTo("found");
            assertThat(rest.lookUp("order--2", "X-API-Key", KEY).statusCode()).isEqualTo(200);
            assertThat(rest.lookUp("order--3", "Authorization", "Bearer " + KEY).statusCode())
                    .isEqualTo(200);
            assertThat(rest.lookUp("order--4", "X-API-Key", WRONG_KEY).statusCode()).isEqualTo(401);
            assertThat(asker.ask(Asker.request("http-404--1")).kind()).isEqualTo("order-not-found");
            service.simulator().revokeAccessTokens();
            assertThat(asker.ask(Asker.request("order--5")).kind()).isEqualTo("found");
            service.simulator().revokeRefreshTokens();
            service.simulator().revokeAccessTokens();
            assertThat(rest.lookUp("order--6", "X-API-Key", KEY).statusCode()).isEqualTo(502);
            service.process().terminate();

            String printed = service.process().stdout() + service.process().stderr();
            assertThat(printed.lines())
                    .as("lines of every level, of the HTTP client too")
                    .anyMatch(line -> line.startsWith("TRACE org.apache.camel"))
                    .anyMatch(line -> line.startsWith("DEBUG org.apache.hc.client5"));
            List<String> secrets = secrets(service);
            assertThat(secrets).hasSizeGreaterThan(6);
            assertThat(linesWith(secrets, printed.lines())).isEmpty();
            assertThat(linesWith(secrets, published(asker))).isEmpty();
        }
    }

    /** Where a secret was met, shortened. */
    private static List<String> linesWith(List<String> secrets, Stream<String> lines) {
        return lines.filter(line -> secrets.stream().anyMatch(line::contains))
                .limit(10)
                .map(line -> line.substring(0, Math.min(200, line.length())))
                .toList();
    }

    /** Every record as text, its headers included. */
    private static Stream<String> published(Asker asker) {
        return asker.all().values().stream()
                .flatMap(List::stream)
                .flatMap(
                        outcome ->
                                Stream.concat(
                                        Stream.of(outcome.json().toString()),
                                        outcome.headerNames().stream().map(outcome::headerText)));
    }

    private static List<String> secrets(RunningService service) {
        Simulator simulator = service.simulator();
        Stream<String> tokens =
                simulator.apiLog().all().stream().flatMap(call -> call.bearer().stream());
        Stream<String> credentials =
                simulator.loginLog().all().stream()
                        .map(Received::form)
                        .flatMap(
                                form ->
                                        Stream.of("refresh_token", "client_assertion")
                                                .map(form::get))
                        .filter(value -> value != null);
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, KEY, WRONG_KEY));
        secrets.addAll(Stream.concat(tokens, credentials).distinct().toList());
        return secrets;
    }
}
