package io.github.orderlookup.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.http.LogCapture;
import io.github.orderlookup.network.PemFiles;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.Cloud;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.ScriptedAnswer;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Keytool;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.time.ManualClock;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole sign-in against the simulated login host. */
class SignInTest {
    private static final Credential SECRET =
            new Credential.ClientSecret(new Secret(Simulator.CLIENT_SECRET));

    private static final String PASSWORD = "opens-the-certificate";

    @TempDir private Path directory;

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private NetworkSettings network = NetworkSettings.OF_THE_JVM;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().orders(directory).http().start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void signsTheApplicationInWithItsSecretOverPlainHttp() throws Exception {
        String token = appOnly(SECRET).current();

        assertThat(simulator.loginLog().all()).hasSize(1);
        Received request = simulator.loginLog().all().get(0);
        assertThat(request.path()).isEqualTo("/" + Simulator.TENANT_ID + "/oauth2/v2.0/token");
        assertThat(request.form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", Simulator.CLIENT_ID)
                .containsEntry("client_secret", Simulator.CLIENT_SECRET);
        assertThat(request.headers())
                .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(
                        "host", "connection", "accept", "content-type", "content-length");
        assertThat(request.form().get("scope")).contains(Simulator.RESOURCE + "/.default");
        assertThat(claims(token).path("aud").asText()).isEqualTo(Simulator.RESOURCE);
    }

    @Test
    void signsInOverHttps() throws Exception {
        try (Simulator https = Simulator.builder().orders(directory).start()) {
            network = new NetworkSettings(null, PemFiles.ofTheSimulator(directory));
            PartnerCenterSettings settings = settings(https, SECRET);

            String token =
                    SignInAssembly.accessTokens(
                                    settings,
                                    SignInAssembly.transport(
                                            settings, WayOut.of(settings.network())),
                                    clock,
                                    clock)
                            .current();

            assertThat(claims(token).path("aud").asText()).isEqualTo(Simulator.RESOURCE);
        }
    }

    @Test
    void doesNotSpeakToALoginHostThatItCannotTrust() {
        try (Simulator https = Simulator.builder().orders(directory).start()) {
            SignInException failure =
                    failure(AccessTokens.of(settings(https, SECRET), WayOut.of(network)));

            assertThat(failure.refused()).isFalse();
            assertThat(failure.detail()).contains("could not be trusted");
            assertThat(https.loginLog().all()).isEmpty();
        }
    }

    @Test
    void signsTheApplicationInWithItsCertificate() throws Exception {
        Path file = certificate("RSA", PASSWORD);
        simulator.answerLogin(token("from-certificate"));

        String token =
                appOnly(new Credential.ClientCertificate(file, new Secret(PASSWORD), null))
                        .current();

        assertThat(token).isEqualTo("from-certificate");
        Received request = simulator.loginLog().all().get(0);
        assertThat(request.form())
                .containsEntry(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        assertThatIsSigned(request.form().get("client_assertion"), file);
    }

    @Test
    void makesANewAssertionForEachRequestAndTakesUpARenewedCertificate() throws Exception {
        Path file = certificate("RSA", PASSWORD);
        AccessTokens tokens =
                appOnly(new Credential.ClientCertificate(file, new Secret(PASSWORD), null));
        simulator.answerLogin(token("one"), token("two"));

        tokens.reject(tokens.current());
        Files.delete(file);
        certificate("RSA", PASSWORD);
        assertThat(tokens.current()).isEqualTo("two");

        assertThatIsSigned(simulator.loginLog().all().get(1).form().get("client_assertion"), file);
    }

    @Test
    void saysThatTheCertificateFileCannotBeUsedAndNothingOfIt() throws Exception {
        Path noStore = Files.writeString(directory.resolve("text"), "CANARY");

        assertThat(failureOf(noStore, "CANARY"))
                .contains("partner-center.client-certificate cannot be used")
                .doesNotContain(directory.toString());
        assertThat(simulator.loginLog().all()).isEmpty();
    }

    @Test
    void refreshesForTheUserAndStoresTheReplacementBeforeTheTokenIsUsed() throws Exception {
        AccessTokens tokens = appUser(Simulator.REFRESH_TOKEN);

        tokens.current();

        Received request = simulator.loginLog().all().get(0);
        assertThat(request.form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", Simulator.REFRESH_TOKEN)
                .containsEntry("client_secret", Simulator.CLIENT_SECRET);
        assertThat(stored()).startsWith("1.AX0A").isNotEqualTo(Simulator.REFRESH_TOKEN);
    }

    @Test
    void goesOnWithTheStoredTokenAlsoAfterARestart() throws Exception {
        AccessTokens tokens = appUser(Simulator.REFRESH_TOKEN);
        tokens.reject(tokens.current());
        tokens.current();
        String second = stored();

        appUser(Simulator.REFRESH_TOKEN).current();

        assertThat(usedRefreshTokens()).hasSize(3).doesNotHaveDuplicates().endsWith(second);
    }

    @Test
    void saysThatTheRefreshTokenWasRevoked() {
        simulator.revokeRefreshTokens();

        SignInException failure = failure(appUser(Simulator.REFRESH_TOKEN));

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).contains("revoked").contains("AADSTS50173");
    }

    @Test
    void doesNotAskTheLoginHostWhenTheStoreCannotBeUsed() {
        directory = directory.resolve("missing");

        SignInException failure = failure(appUser(Simulator.REFRESH_TOKEN));

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).contains("partner-center.token-store");
        assertThat(simulator.loginLog().all()).isEmpty();
    }

    @Test
    void handsOutNoTokenWhoseReplacementIsNotOnDiskAndDoesNotLoseThatReplacement()
            throws Exception {
        AccessTokens tokens = appUser(Simulator.REFRESH_TOKEN);
        Path inTheWay = Files.createDirectories(directory.resolve("tokens.new/full"));

        assertThat(failure(tokens).detail()).contains("cannot be written");
        assertThat(directory.resolve("tokens")).doesNotExist();

        simulator.revokeRefreshToken(Simulator.REFRESH_TOKEN);
        Files.delete(inTheWay);
        clock.advance(Duration.ofMinutes(5));
        tokens.current();
        assertThat(stored()).startsWith("1.AX0A");
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, 600})
    void doesNotMindAClockThatIsTenMinutesOff(long seconds) throws Exception {
        clock.advance(Duration.between(clock.instant(), Instant.now().plusSeconds(seconds)));
        AccessTokens tokens = appOnly(SECRET);

        String first = tokens.current();
        clock.advance(Duration.ofMinutes(54));
        assertThat(tokens.current()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(6));

        assertThat(tokens.current()).isNotEqualTo(first);
        assertThat(simulator.loginLog().all()).hasSize(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void asksNobodyWhenTheStoreLiesOnAFileSystemThatTakesNoFile() {
        directory = Path.of("/proc");

        SignInException failure = failure(appUser(Simulator.REFRESH_TOKEN));

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).contains("partner-center.token-store", "writable");
        assertThat(simulator.loginLog().all()).isEmpty();
    }

    @Test
    void keepsTheRefreshTokenWhenNoneCameBack() throws Exception {
        simulator.answerLogin(token("alone"));
        AccessTokens tokens = appUser(Simulator.REFRESH_TOKEN);

        tokens.reject(tokens.current());
        tokens.current();

        assertThat(usedRefreshTokens())
                .containsExactly(Simulator.REFRESH_TOKEN, Simulator.REFRESH_TOKEN);
    }

    @Test
    void saysThatTheSecretIsWrong() {
        SignInException failure =
                failure(appOnly(new Credential.ClientSecret(new Secret("CANARY"))));

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail())
                .contains("partner-center.client-secret")
                .contains("AADSTS7000215");
    }

    @Test
    void saysThatTheLoginHostIsDown() {
        AccessTokens tokens = appOnly(SECRET);
        simulator.stopLogin();

        SignInException failure = failure(tokens);

        assertThat(failure.refused()).isFalse();
        assertThat(failure.detail()).isEqualTo("The login host localhost could not be reached.");
    }

    @Test
    void recoversWhenTheLoginHostIsBack() throws Exception {
        AccessTokens tokens = appOnly(SECRET);
        simulator.stopLogin();
        failure(tokens);

        simulator.startLogin();
        clock.advance(Duration.ofSeconds(1));

        assertThat(tokens.current()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 429, 500, 503})
    void makesOneRequestForOneAttempt(int status) {
        simulator.alwaysAnswerLogin(
                Answers.reply(
                        new Reply(
                                status,
                                List.of(
                                        new Header("Location", "/elsewhere"),
                                        new Header("Retry-After", "17")),
                                new byte[0])));

        SignInException failure = failure(appOnly(SECRET));

        assertThat(failure.refused()).isFalse();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(simulator.loginLog().all()).hasSize(1);
    }

    @Test
    void doesNotWaitForEver() {
        simulator.alwaysAnswerLogin(Answers.hang());

        SignInException failure =
                failure(
                        AccessTokens.of(
                                settings(
                                        simulator,
                                        SECRET,
                                        AuthMode.APP_ONLY,
                                        null,
                                        Duration.ofMillis(200)),
                                WayOut.of(network)));

        assertThat(failure.refused()).isFalse();
        assertThat(failure.detail()).contains("did not answer in time");
    }

    @Test
    void survivesAResetAndAnEndlessBody() {
        simulator.answerLogin(Answers.reset());
        assertThat(failure(appOnly(SECRET)).refused()).isFalse();

        simulator.answerLogin(answer(200, "x".repeat(3 << 20)));
        assertThat(failure(appOnly(SECRET)).refused()).isFalse();
    }

    @Test
    void makesOneRequestForAHundredCallersAtOnce() throws Exception {
        simulator.loginLatency(Duration.ofMillis(100));
        AccessTokens tokens = appOnly(SECRET);
        ExecutorService pool = Executors.newFixedThreadPool(100);
        CountDownLatch together = new CountDownLatch(100);
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(
                        pool.submit(
                                () -> {
                                    together.countDown();
                                    together.await();
                                    return tokens.current();
                                }));
            }
            String first = all.get(0).get();
            for (Future<String> token : all) {
                assertThat(token.get()).isEqualTo(first);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(simulator.loginLog().all()).hasSize(1);
    }

    @Test
    void logsAndThrowsNothingSecret() throws Exception {
        List<String> secrets = new ArrayList<>(List.of(Simulator.REFRESH_TOKEN, "CANARY"));
        secrets.add(Simulator.CLIENT_SECRET);
        List<String> seen = new ArrayList<>();
        try (LogCapture log = new LogCapture()) {
            AccessTokens tokens = appUser(Simulator.REFRESH_TOKEN);
            secrets.add(tokens.current());
            secrets.add(stored());
            seen.add(tokens.toString());
            for (ScriptedAnswer answer : leakyAnswers()) {
                simulator.answerLogin(answer);
                seen.add(trace(failure(appUser(Simulator.REFRESH_TOKEN))));
            }
            seen.addAll(log.lines());
        }

        assertThat(seen).anyMatch(line -> line.startsWith("com.microsoft.aad.msal4j"));
        assertThat(seen)
                .allSatisfy(
                        line -> assertThat(line).doesNotContain(secrets.toArray(new String[0])));
    }

    private List<ScriptedAnswer> leakyAnswers() {
        return List.of(
                answer(200, "CANARY"),
                answer(200, "{\"access_token\":\"CANARY\""),
                answer(200, "{\"access_token\":\"CANARY CANARY\",\"expires_in\":3600}"),
                answer(400, "{\"error\":\"CANARY\",\"error_description\":\"CANARY\"}"),
                answer(400, "{\"error\":\"invalid_grant\",\"suberror\":\"CANARY\"}"),
                answer(401, "CANARY"),
                answer(500, "CANARY"));
    }

    // Parts -----------------------------------------------------------------------------------

    private AccessTokens appOnly(Credential credential) {
        PartnerCenterSettings settings = settings(simulator, credential);
        return SignInAssembly.accessTokens(
                settings,
                SignInAssembly.transport(settings, WayOut.of(settings.network())),
                clock,
                Clock.systemUTC());
    }

    private AccessTokens appUser(String refreshToken) {
        PartnerCenterSettings settings =
                settings(
                        simulator,
                        SECRET,
                        AuthMode.APP_USER,
                        new Secret(refreshToken),
                        Duration.ofSeconds(30));
        return SignInAssembly.accessTokens(
                settings,
                SignInAssembly.transport(settings, WayOut.of(settings.network())),
                clock,
                clock);
    }

    private PartnerCenterSettings settings(Simulator at, Credential credential) {
        return settings(at, credential, AuthMode.APP_ONLY, null, Duration.ofSeconds(30));
    }

    private PartnerCenterSettings settings(
            Simulator at,
            Credential credential,
            AuthMode mode,
            @Nullable Secret refreshToken,
            Duration responseTimeout) {
        return new PartnerCenterSettings(
                Cloud.GLOBAL,
                at.apiUrl(),
                at.loginUrl(),
                Simulator.TENANT_ID,
                Simulator.CLIENT_ID,
                mode,
                credential,
                refreshToken,
                mode == AuthMode.APP_USER ? directory.resolve("tokens") : null,
                Simulator.RESOURCE + "/.default",
                null,
                "en-US",
                false,
                Duration.ofSeconds(5),
                responseTimeout,
                500,
                network);
    }

    private static SignInException failure(AccessTokens tokens) {
        SignInException failure = catchThrowableOfType(SignInException.class, tokens::current);
        assertThat(failure).isNotNull();
        return failure;
    }

    private String failureOf(Path certificate, String password) {
        SignInException failure =
                failure(
                        appOnly(
                                new Credential.ClientCertificate(
                                        certificate, new Secret(password), null)));
        assertThat(failure.refused()).isTrue();
        assertThat(trace(failure)).doesNotContain("CANARY").doesNotContain(PASSWORD);
        return failure.detail();
    }

    private List<String> usedRefreshTokens() {
        return simulator.loginLog().all().stream()
                .map(request -> request.form().get("refresh_token"))
                .toList();
    }

    private String stored() throws Exception {
        return new ObjectMapper()
                .readTree(directory.resolve("tokens").toFile())
                .path("refreshToken")
                .asText();
    }

    private static ScriptedAnswer token(String value) {
        return answer(200, "{\"access_token\":\"" + value + "\",\"expires_in\":3599}");
    }

    private static ScriptedAnswer answer(int status, String body) {
        return Answers.reply(
                new Reply(
                        status,
                        List.of(new Header("Content-Type", "application/json")),
                        body.getBytes(UTF_8)));
    }

    private static JsonNode claims(String jwt) throws Exception {
        return part(jwt, 1);
    }

    private static JsonNode part(String jwt, int index) throws Exception {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]));
    }

    private Path certificate(String algorithm, String password) throws Exception {
        Path file = directory.resolve(algorithm + ".p12");
        new Keytool()
                .with("-genkeypair", "-alias", "order-lookup", "-keyalg", algorithm)
                .with("-dname", "CN=order-lookup", "-storetype", "PKCS12")
                .with("-keystore", file.toString(), "-storepass", password)
                .run();
        return file;
    }

    private void assertThatIsSigned(String assertion, Path file) throws Exception {
        X509Certificate certificate = onlyCertificate(file);
        String[] parts = assertion.split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));

        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        assertThat(part(assertion, 0).path("x5t#S256").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(digest));
        assertThat(claims(assertion).path("iss").asText()).isEqualTo(Simulator.CLIENT_ID);
        assertThat(claims(assertion).path("sub").asText()).isEqualTo(Simulator.CLIENT_ID);
        assertThat(claims(assertion).path("aud").asText()).endsWith("/oauth2/v2.0/token");
    }

    private static X509Certificate onlyCertificate(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) store.getCertificate("order-lookup");
    }

    private static String trace(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
