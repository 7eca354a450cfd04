package io.github.orderlookup.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.TestSettings;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.simulator.login.FederatedIssuer;
import io.github.orderlookup.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with credentials that stand in files and are replaced meanwhile. */
class CredentialFilesTest {
    private static final String OLD = Simulator.CLIENT_SECRET;
    private static final String NEW = "the-next-s3cr3t";
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path directory;

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private Path file;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().orders(directory).http().start();
        file = directory.resolve("credential");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void signsInWithTheSecretThatTheFileHoldsByThen() throws Exception {
        Files.writeString(file, OLD + "\n");
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));
        tokens.reject(tokens.current());
        simulator.addSecret(NEW);
        simulator.expireSecret(OLD);
        Files.writeString(file, NEW + "\n");

        tokens.current();

        assertThat(sent("client_secret")).containsExactly(OLD, NEW);
    }

    @Test
    void asksAgainAtOnceWhenTheSecretWasReplacedWhileItWasSent() throws Exception {
        Files.writeString(file, OLD);
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));
        simulator.answerLogin(
                call -> {
                    replace(NEW);
                    simulator.addSecret(NEW);
                    simulator.expireSecret(OLD);
                    call.send(call.normal());
                });

        tokens.current();

        assertThat(sent("client_secret")).containsExactly(OLD, NEW);
    }

    @Test
    void asksOnceForASecretThatIsRefusedAndHasNotChanged() throws Exception {
        Files.writeString(file, "refused");
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));

        SignInException failure = failure(tokens);

        assertThat(failure.detail()).contains("AADSTS7000215");
        assertThat(sent("client_secret")).containsExactly("refused");
    }

    @Test
    void asksAsSoonAsARefusedSecretIsReplaced() throws Exception {
        Files.writeString(file, "refused");
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));
        failure(tokens);
        replace(OLD);
        FileValue<?> watched = tokens.credentialFile().orElseThrow();
        watched.look();

        assertThat(watched.look()).isTrue();
        tokens.credentialChanged();

        assertThat(tokens.current()).isNotEmpty();
    }

    @Test
    void doesNotAskALoginHostSoonerThatIsDown() throws Exception {
        Files.writeString(file, OLD);
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));
        simulator.stopLogin();
        failure(tokens);
        simulator.startLogin();
        tokens.credentialChanged();

        SignInException failure = failure(tokens);

        assertThat(failure.refused()).isFalse();
        assertThat(simulator.loginLog().all()).isEmpty();
    }

    @Test
    void signsInWithTheSecretBeforeWhileTheFileCannotBeUsed() throws Exception {
        Files.writeString(file, OLD);
        AccessTokens tokens = tokens(new Credential.ClientSecretFile(file));
        tokens.reject(tokens.current());
        Files.delete(file);

        tokens.current();

        assertThat(sent("client_secret")).containsExactly(OLD, OLD);
    }

    @Test
    void signsInWithACertificateThatIsReplacedWithItsPassword() throws Exception {
        Path passwordFile = Files.writeString(directory.resolve("password"), "pa55word-1");
        X509Certificate first = SelfSignedCertificate.ofAnApplication(file, "pa55word-1");
        simulator.registerCertificate(first);
        AccessTokens tokens =
                tokens(new Credential.ClientCertificate(file, new Secret(""), passwordFile));
        tokens.reject(tokens.current());
        Path next = directory.resolve("next");
        simulator.registerCertificate(SelfSignedCertificate.ofAnApplication(next, "pa55word-2"));
        simulator.removeCertificate(first);

        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        SignInException half = failure(tokens);
        assertThat(half.detail()).contains("AADSTS700027");
        Files.writeString(passwordFile, "pa55word-2");
        clock.advance(HOUR);

        assertThat(tokens.current()).isNotEmpty();
    }

    @Test
    void signsInWithTheTokenOfAnIssuerAsItIsByThen() throws Exception {
        FederatedIssuer issuer = issuer();
        String first = assertion(issuer, HOUR);
        AccessTokens tokens = tokens(new Credential.ClientAssertionFile(file));
        tokens.reject(tokens.current());
        simulator.refuseAssertion(first);
        String second = assertion(issuer, HOUR);

        tokens.current();

        assertThat(sent("client_assertion")).containsExactly(first, second);
        assertThat(forms().get(0))
                .containsEntry(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
    }

    @Test
    void signsAUserInWithTheTokenOfAnIssuer() throws Exception {
        String assertion = assertion(issuer(), HOUR);
        AccessTokens tokens =
                tokens(
                        TestSettings.signingInAUser(
                                simulator.apiUrl(),
                                simulator.loginUrl(),
                                new Credential.ClientAssertionFile(file),
                                directory.resolve("store")));

        tokens.current();

        assertThat(sent("client_assertion")).containsExactly(assertion);
        assertThat(sent("refresh_token")).containsExactly(Simulator.REFRESH_TOKEN);
    }

    @Test
    void keepsTheTokenOfAnIssuerThatTheNextOneIsWorseThan() throws Exception {
        FederatedIssuer issuer = issuer();
        String good = assertion(issuer, HOUR);
        AccessTokens tokens = tokens(new Credential.ClientAssertionFile(file));
        tokens.reject(tokens.current());
        assertion(issuer, HOUR.negated());

        tokens.current();

        assertThat(sent("client_assertion")).containsExactly(good, good);
    }

    @Test
    void saysWhatIsWrongWithTheTokenOfAnIssuerInTheWordsOfTheLoginHost() throws Exception {
        FederatedIssuer issuer = issuer();
        Files.writeString(file, issuer.token("api://other", Instant.now().plus(HOUR)));
        AccessTokens tokens = tokens(new Credential.ClientAssertionFile(file));

        SignInException failure = failure(tokens);

        assertThat(failure.detail())
                .contains("api://AzureADTokenExchange", "AADSTS700212")
                .doesNotContain("eyJ");
    }

    private FederatedIssuer issuer() {
        FederatedIssuer issuer =
                new FederatedIssuer(
                        "https://issuer.example/", "system:serviceaccount:orders:order-lookup");
        simulator.trustIssuer(issuer);
        return issuer;
    }

    private String assertion(FederatedIssuer issuer, Duration lifetime) throws Exception {
        String token = issuer.token(Instant.now().plus(lifetime));
        Files.writeString(file, token);
        return token;
    }

    private void replace(String content) {
        try {
            Path next = Files.writeString(directory.resolve("next"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignInException failure(AccessTokens tokens) {
        return catchThrowableOfType(SignInException.class, tokens::current);
    }

    private List<Map<String, String>> forms() {
        return simulator.loginLog().all().stream().map(request -> request.form()).toList();
    }

    private List<String> sent(String name) {
        return forms().stream().map(form -> form.get(name)).toList();
    }

    private AccessTokens tokens(Credential credential) {
        return tokens(TestSettings.signingIn(simulator.apiUrl(), simulator.loginUrl(), credential));
    }

    private AccessTokens tokens(PartnerCenterSettings settings) {
        return SignInAssembly.accessTokens(
                settings,
                SignInAssembly.transport(settings, WayOut.of(settings.network())),
                clock,
                Clock.systemUTC());
    }
}
