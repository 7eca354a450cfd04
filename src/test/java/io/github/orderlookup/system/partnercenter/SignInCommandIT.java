package io.github.orderlookup.system.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Client;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.simulator.login.LoginError;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The command {@code sign-in} of the packaged jar beside a service that runs: the test is the
 * user's browser.
 */
class SignInCommandIT {
    private static final String TOKEN_STORE = "refresh-token.json";
    private static final Pattern ADDRESS = Pattern.compile("(?m)^  (https://\\S+)$");

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

    /** Without the new token, the next attempt would be due in an hour. */
    private static final Reply REVOKED_FOR_AN_HOUR =
            LoginError.of(50173).reply().with("Retry-After", "3600");

    @Test
    void signsAUserInWhomARunningServiceTakesUpAtOnce() throws Exception {
        RunningService.Builder options =
                RunningService.builder()
                        .withoutKafka()
                        .setting("partner-center.auth-mode", "app-user")
                        .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                        .setting("partner-center.token-store", TOKEN_STORE);

        try (RunningService service = options.start()) {
            RestClient rest = new RestClient(service);
            service.simulator().answerLogin(Answers.reply(REVOKED_FOR_AN_HOUR));
            HttpResponse<String> refused = rest.lookUp("order--1");
            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body()).contains("order-lookup sign-in");

            ChildProcess first = signIn(service).start();
            HttpResponse<String> page = get(redirect(address(first)));
            assertThat(first.awaitExit()).as(first.stderr()).isZero();
            assertThat(page.body()).contains("<h1>Done</h1>");
            assertThat(first.stdout()).contains("Partner (partner@simulator.example)");

            await("the new token").until(() -> rest.lookUp("order--1").statusCode() == 200);
            assertThat(Scrape.of(service).value("order_lookup_token_mfa")).isOne();

            int before = renewals(service).size();
            ChildProcess second = signIn(service).arguments("--device-code", "--json").start();
            assertThat(second.awaitExit()).as(second.stderr()).isZero();
            await("the renewal of a token that is still valid")
                    .until(() -> renewals(service).size() > before + 1);

            assertThatNothingLeaks(service, page.body(), first, second);
        }
    }

    private static JavaCommand signIn(RunningService service) throws IOException {
        Path log =
                Files.writeString(service.directory().resolve("everything.properties"), EVERYTHING);
        return JarProcess.in(service.directory())
                .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                .property("javax.net.ssl.trustStorePassword", "changeit")
                .property("log4j2.configurationFile", log.toString())
                .arguments("sign-in");
    }

    private static URI address(ChildProcess command) {
        command.await("print an address", () -> ADDRESS.matcher(command.stderr()).find());
        Matcher found = ADDRESS.matcher(command.stderr());
        assertThat(found.find()).isTrue();
        return URI.create(found.group(1));
    }

    private static URI redirect(URI address) throws Exception {
        HttpResponse<String> sent = get(address);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        return URI.create(sent.headers().firstValue("Location").orElseThrow());
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(Client.trusting())
                .build()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static List<Received> renewals(RunningService service) {
        return service.simulator()
                .loginLog()
                .matching(request -> "refresh_token".equals(request.form().get("grant_type")));
    }

    private static void assertThatNothingLeaks(
            RunningService service, String page, ChildProcess... commands) {
        List<String> secrets = secrets(service).toList();
        assertThat(secrets).hasSizeGreaterThan(6);
        Stream<String> printed =
                Stream.of(commands)
                        .flatMap(command -> Stream.of(command.stdout(), command.stderr()));
        assertThat(commands[0].stderr()).as("logs everything").contains("TRACE ", "DEBUG ");
        assertThat(
                        Stream.concat(
                                printed,
                                Stream.of(
                                        page,
                                        service.process().stdout(),
                                        service.process().stderr())))
                .noneMatch(place -> secrets.stream().anyMatch(place::contains));
    }

    private static Stream<String> secrets(RunningService service) {
        Stream<String> ofForms =
                service.simulator().loginLog().all().stream()
                        .map(Received::form)
                        .flatMap(
                                form ->
                                        Stream.of(
                                                        "code",
                                                        "code_verifier",
                                                        "device_code",
                                                        "refresh_token",
                                                        "client_secret")
                                                .map(form::get))
                        .filter(Objects::nonNull);
        Stream<String> ofCalls =
                service.simulator().apiLog().all().stream().flatMap(call -> call.bearer().stream());
        return Stream.concat(ofForms, ofCalls).distinct();
    }
}
