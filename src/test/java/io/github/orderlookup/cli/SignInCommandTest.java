package io.github.orderlookup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.http.LogCapture;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.login.PartnerUser.Methods;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a login host, with the test in place of the user's browser. */
class SignInCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("(?m)^  (http://\\S+)$");
    private static final String BEFORE = "{\"refreshToken\":\"the-one-before\"}";

    private final HttpClient browser = HttpClient.newHttpClient();
    private final Map<String, String> settings = new HashMap<>();
    private Simulator simulator;
    private Path store;

    /** The command under way. */
    private final class Run {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code;

        Run(String... arguments) {
            List<String> all = new ArrayList<>(List.of("sign-in"));
            all.addAll(List.of(arguments));
            code =
                    CompletableFuture.supplyAsync(
                            () ->
                                    Commands.run(
                                            new SettingsAsTexts(settings),
                                            new PrintStream(out, true, UTF_8),
                                            new PrintStream(err, true, UTF_8),
                                            all.toArray(String[]::new)));
        }

        URI address() {
            return await().until(
                            () -> {
                                assertThat(code).isNotDone();
                                Matcher found = ADDRESS.matcher(err());
                                return found.find() ? URI.create(found.group(1)) : null;
                            },
                            address -> address != null);
        }

        int code() {
            return code.join();
        }

        String out() {
            return out.toString(UTF_8);
        }

        String err() {
            return err.toString(UTF_8);
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        simulator = Simulator.builder().http().start();
        store = Files.createDirectory(directory.resolve("store")).resolve("token.json");
        settings.put("partner-center.login-url", simulator.loginUrl().toString());
        settings.put("partner-center.api-url", simulator.apiUrl().toString());
        settings.put("partner-center.tenant-id", Simulator.TENANT_ID);
        settings.put("partner-center.client-id", Simulator.CLIENT_ID);
        settings.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        settings.put("partner-center.auth-mode", "app-user");
        settings.put("partner-center.token-store", store.toString());
        settings.put("partner-center.refresh-token", "a-setting-that-the-new-one-wins-over");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void asksForACodeWithPkceAndRedeemsItWithTheCredential() throws Exception {
        Run run = new Run();
        URI address = run.address();
        HttpResponse<String> page = get(redirect(address));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Done</h1>", "Partner (partner@simulator.example)");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(run.out()).contains("can go ahead", "yes (pwd, mfa)", store.toString());
        Received asked = simulator.loginLog().all().get(0);
        assertThat(asked.query())
                .containsEntry("response_type", "code")
                .containsEntry("response_mode", "query")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("prompt", "select_account")
                .hasEntrySatisfying(
                        "scope",
                        scope ->
                                assertThat(scope.split(" "))
                                        .contains("offline_access", "openid", "profile"))
                .hasEntrySatisfying(
                        "redirect_uri", uri -> assertThat(uri).matches("http://localhost:\\d+"));
        assertThat(tokenRequest("authorization_code").form())
                .containsEntry("client_secret", Simulator.CLIENT_SECRET);
        assertThat(stored())
                .isNotEqualTo(tokenRequest("refresh_token").form().get("refresh_token"));
        assertThat(JSON.readTree(Files.readString(store)).path("signedInAt").asText()).isNotEmpty();
    }

    @Test
    void answersOtherRequestsWithoutEndingTheWait() throws Exception {
        Run run = new Run();
        URI redirect = redirect(run.address());
        String port = Integer.toString(redirect.getPort());

        assertThat(get(redirect.resolve("/favicon.ico")).statusCode()).isEqualTo(404);
        assertThat(get(redirect.resolve("/?code=a&state=b")).statusCode()).isEqualTo(400);
        assertThat(get(URI.create("http://127.0.0.1:" + port + "/")).statusCode()).isEqualTo(400);
        HttpRequest post =
                HttpRequest.newBuilder(redirect)
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build();
        HttpResponse<String> refused = browser.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEmpty();
        assertThat(run.code).isNotDone();

        get(redirect);
        assertThat(run.code()).isZero();
    }

    @Test
    void printsOneJsonObjectWhereThatIsAskedFor() throws Exception {
        simulator.user().name("<b>\u001b[31m");
        Run run = new Run("--json", "--port", Integer.toString(freePort()));
        HttpResponse<String> page = get(redirect(run.address()));

        assertThat(run.code()).isZero();
        JsonNode json = JSON.readTree(run.out());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("tenantId").asText()).isEqualTo(Simulator.TENANT_ID);
        assertThat(json.path("lookups").asBoolean()).isTrue();
        assertThat(page.body()).contains("&lt;b&gt;\\u{1B}[31m").doesNotContain("\u001b");
    }

    @Test
    void cannotTellMfaWhereTheTokenDoesNot() throws Exception {
        simulator.user().methods(Methods.UNTOLD);
        Run run = new Run();
        get(redirect(run.address()));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("cannot be told", "where Partner Center does not ask");
    }

    @Test
    void storesTheTokenOfAUserWithoutMfaInANationalCloudAlone() throws Exception {
        simulator.secondFactor(false);
        settings.put("partner-center.cloud", "us-government");
        Run run = new Run();
        get(redirect(run.address()));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("MFA            no (pwd)");
    }

    @ParameterizedTest
    @CsvSource({
        "declined, 1, declined to consent",
        "tenant,   1, another tenant than that of partner-center.tenant-id",
        "mfa,      1, without multifactor authentication",
        "public,   1, register the redirect URI http://localhost under the platform Web",
        "pkce,     1, Start sign-in again",
        "secret,   1, The client secret is wrong",
        "down,     75, could not be reached",
        "busy,     75, not available at the moment",
    })
    void leavesWhatIsStoredAndSaysWhy(String wrong, int code, String words) throws Exception {
        Files.writeString(store, BEFORE);
        if (wrong.equals("secret")) {
            settings.put("partner-center.client-secret", "wrong");
        }
        Run run = new Run();
        makeWrong(wrong);
        URI redirect = redirect(run.address());
        switch (wrong) {
            case "pkce" -> simulator.answerLogin(Answers.aadsts(501481));
            case "busy" -> simulator.answerLogin(Answers.aadsts(90033));
            case "down" -> simulator.stopLogin();
            default -> {}
        }
        HttpResponse<String> page = get(redirect);

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains("Not signed in. ", words);
        assertThat(run.out()).isEmpty();
        assertThat(page.body()).contains("<h1>Not signed in</h1>");
        assertThat(Files.readString(store)).isEqualTo(BEFORE);
    }

    private void makeWrong(String wrong) {
        switch (wrong) {
            case "declined" -> simulator.user().consents(false);
            case "tenant" -> simulator.user().tenantId("00000000-1111-2222-3333-444444444444");
            case "mfa" -> simulator.secondFactor(false);
            case "public" -> simulator.grants().publicClient(true);
            default -> {}
        }
    }

    @Test
    void doesNotStoreATokenThatTheServiceCouldNotRenew() throws Exception {
        Run run = new Run();
        URI redirect = redirect(run.address());
        simulator.answerLogin(Answers.normal(), Answers.aadsts(50173));
        get(redirect);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("AADSTS50173");
        assertThat(store).doesNotExist();
    }

    @Test
    void storesATokenThatCouldNotBeTriedJustNow() throws Exception {
        Run run = new Run();
        URI redirect = redirect(run.address());
        simulator.answerLogin(Answers.normal(), Answers.aadsts(90033));
        get(redirect);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("not tried");
        assertThat(stored()).startsWith("1.AX0A");
    }

    @Test
    void saysThatTheStoreCannotBeWritten() throws Exception {
        Run run = new Run();
        URI redirect = redirect(run.address());
        Files.delete(store.getParent());
        HttpResponse<String> page = get(redirect);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("its directory must exist and be writable");
        assertThat(page.body()).contains("Not signed in");
    }

    @Test
    void waitsOnWhileTheLoginHostDoesNotKnowTheRedirectUriAndSaysWhatToRegister() throws Exception {
        simulator.grants().redirectUri("https://elsewhere.example");
        Run run = new Run("--timeout", "3s");
        HttpResponse<String> page = get(run.address());

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("AADSTS50011");
        assertThat(run.code()).isEqualTo(75);
        assertThat(run.err())
                .contains("Should the page say AADSTS50011", "http://localhost", "platform Web")
                .contains("Nobody signed in within 3 seconds");
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Run run = new Run("--port", Integer.toString(taken.getLocalPort()));

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("Port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void signsAUserInAtAnotherMachine() throws Exception {
        simulator.grants().devicePolls(List.of("authorization_pending"));
        Run run = new Run("--device-code");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("/common/oauth2/deviceauth", "enter the code ");
        assertThat(run.out()).contains("can go ahead");
        assertThat(tokenRequest("urn:ietf:params:oauth:grant-type:device_code").form())
                .containsEntry("client_secret", Simulator.CLIENT_SECRET)
                .doesNotContainKey("refresh_token");
        assertThat(stored()).startsWith("1.AX0A");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_declined, 1,  Sign in again and accept",
        "expired_token,          1,  The code has expired",
        "authorization_pending,  75, within 2 seconds",
    })
    void saysWhyNobodySignedInAtAnotherMachine(String error, int code, String words) {
        simulator.grants().devicePolls(List.of(error, error, error));
        Run run = new Run("--device-code", "--timeout", "2s");

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(words);
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 0                     | 64 | --port must be",
                "--timeout soon               | 64 | --timeout must be a duration",
                "--device-code --port 8400    | 64 | --port has no use",
            })
    void refusesACommandLineThatIsWrong(String arguments, int code, String words) {
        Run run = new Run(arguments.split(" "));

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(words);
    }

    @Test
    void refusesSettingsWithoutAUser() {
        settings.put("partner-center.auth-mode", "app-only");
        settings.remove("partner-center.token-store");
        settings.remove("partner-center.refresh-token");
        Run appOnly = new Run();
        assertThat(appOnly.code()).isEqualTo(78);
        settings.put("partner-center.auth-mode", "app-user");
        Run noStore = new Run();

        assertThat(noStore.code()).isEqualTo(78);
        assertThat(appOnly.err()).contains("partner-center.auth-mode: is app-only");
        assertThat(noStore.err()).contains("partner-center.token-store: is missing");
    }

    @Test
    void givesNeitherCodeNorVerifierNorTokenAway() throws Exception {
        List<String> places = new ArrayList<>();
        try (LogCapture log = new LogCapture()) {
            Run run = new Run("--json");
            places.add(get(redirect(run.address())).body());
            run.code();
            simulator.grants().devicePolls(List.of("authorization_declined"));
            Run device = new Run("--device-code");
            device.code();
            places.addAll(List.of(run.out(), run.err(), device.out(), device.err()));
            places.addAll(log.lines());
        }

        Set<String> secrets = new HashSet<>(List.of(stored(), Simulator.CLIENT_SECRET));
        for (Received request : simulator.loginLog().matching(r -> r.method().equals("POST"))) {
            for (String name : List.of("code", "code_verifier", "refresh_token", "device_code")) {
                secrets.add(request.form().getOrDefault(name, Simulator.CLIENT_SECRET));
            }
        }
        assertThat(secrets).hasSizeGreaterThan(5);
        assertThat(places)
                .isNotEmpty()
                .noneMatch(place -> secrets.stream().anyMatch(place::contains))
                .noneMatch(place -> place.contains("eyJ"));
    }

    private URI redirect(URI address) throws Exception {
        HttpResponse<String> sent = get(address);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        return URI.create(sent.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Received tokenRequest(String grant) {
        return simulator
                .loginLog()
                .matching(request -> grant.equals(request.form().get("grant_type")))
                .get(0);
    }

    private String stored() throws IOException {
        return JSON.readTree(Files.readString(store)).path("refreshToken").asText();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
