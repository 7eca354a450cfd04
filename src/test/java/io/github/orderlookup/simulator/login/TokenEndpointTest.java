package io.github.orderlookup.simulator.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Client;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.time.ManualClock;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEndpointTest {

    private static final Set<String> SCOPES = Set.of(Simulator.RESOURCE + "/.default");

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().clock(clock).start();
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void givesOutATokenThatExpires() throws Exception {
        simulator.tokenLifetime(Duration.ofSeconds(90));
        simulator.addCustomer("5b1de7f0-3a44-4b0e-8c7a-90d2f6a1c3e5");
        JsonNode granted = Client.json(client.token(Map.of()));
        String authorization = "Bearer " + granted.path("access_token").asText();
        String path = "/v1/customers/5b1de7f0-3a44-4b0e-8c7a-90d2f6a1c3e5/orders/order";

        assertThat(granted.path("expires_in").asInt()).isEqualTo(90);
        assertThat(client.get(path, "Authorization", authorization).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(90));
        assertThat(client.get(path, "Authorization", authorization).statusCode()).isEqualTo(401);
    }

    @Test
    void neverGivesOutTheSameTokenTwice() throws Exception {
        assertThat(Client.json(client.token(Map.of())).path("access_token"))
                .isNotEqualTo(Client.json(client.token(Map.of())).path("access_token"));
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, wrong, 401, invalid_client, 7000215",
        "client_id, 11111111-1111-1111-1111-111111111111, 400, unauthorized_client, 700016",
        "scope, https://elsewhere.example/.default, 400, invalid_scope, 70011",
        "grant_type, password, 400, unsupported_grant_type, 70003",
    })
    void refusesAWrongField(String field, String value, int status, String error, int number)
            throws Exception {
        HttpResponse<byte[]> response = client.token(Map.of(field, value));

        assertRefused(response, status, error, number);
    }

    @Test
    void refusesAnUnknownTenant() throws Exception {
        assertRefused(
                client.token("11111111-1111-1111-1111-111111111111", Map.of()),
                400,
                "invalid_request",
                90002);
    }

    @Test
    void refusesAnExpiredSecret() throws Exception {
        simulator.expireSecret(Simulator.CLIENT_SECRET);

        assertRefused(client.token(Map.of()), 401, "invalid_client", 7000222);
    }

    @Test
    void rotatesTheRefreshTokenAndKeepsTheOldOneUsable() throws Exception {
        String second = refreshed(Simulator.REFRESH_TOKEN).path("refresh_token").asText();
        String third = refreshed(Simulator.REFRESH_TOKEN).path("refresh_token").asText();

        assertThat(second).isNotEqualTo(Simulator.REFRESH_TOKEN).isNotEqualTo(third);
        assertThat(refreshed(second).has("access_token")).isTrue();
    }

    @Test
    void refusesARevokedRefreshToken() throws Exception {
        simulator.revokeRefreshTokens();

        assertRefused(refresh(Simulator.REFRESH_TOKEN), 400, "invalid_grant", 50173);
    }

    @Test
    void refusesAnExpiredRefreshToken() throws Exception {
        clock.advance(Duration.ofDays(90));

        assertRefused(refresh(Simulator.REFRESH_TOKEN), 400, "invalid_grant", 700082);
    }

    @Test
    void answersAsScriptedAndThenNormally() throws Exception {
        simulator.answerLogin(Answers.aadsts(50076), Answers.throttled(3));

        assertRefused(client.token(Map.of()), 400, "invalid_grant", 50076);
        assertThat(client.token(Map.of()).headers().firstValue("Retry-After")).hasValue("3");
        assertThat(client.token(Map.of()).statusCode()).isEqualTo(200);
        assertThat(simulator.loginLog().all())
                .hasSize(3)
                .allSatisfy(
                        request ->
                                assertThat(request.form())
                                        .containsEntry("client_secret", Simulator.CLIENT_SECRET));
    }

    @Test
    void getsAlongWithMsalByRefreshToken() throws Exception {
        var application = msal(ClientCredentialFactory.createFromSecret(Simulator.CLIENT_SECRET));

        IAuthenticationResult result =
                application
                        .acquireToken(
                                RefreshTokenParameters.builder(SCOPES, Simulator.REFRESH_TOKEN)
                                        .build())
                        .get();

        assertThat(result.account()).isNotNull();
        assertThat(application.tokenCache().serialize()).contains("\"RefreshToken\":{\"");
    }

    @Test
    void takesOnlyRegisteredCertificates(@TempDir Path directory) throws Exception {
        clock.advance(Duration.between(clock.instant(), Instant.now()));
        Path keyStore = directory.resolve("application.p12");
        X509Certificate certificate = SelfSignedCertificate.ofAnApplication(keyStore, "changeit");
        IClientCredential credential;
        try (InputStream in = Files.newInputStream(keyStore)) {
            credential = ClientCredentialFactory.createFromCertificate(in, "changeit");
        }
        var parameters = ClientCredentialParameters.builder(SCOPES).build();

        assertThatThrownBy(() -> msal(credential).acquireToken(parameters).get())
                .hasCauseInstanceOf(MsalServiceException.class)
                .hasMessageContaining("AADSTS700027");
        simulator.registerCertificate(certificate);
        assertThat(msal(credential).acquireToken(parameters).get().accessToken()).isNotEmpty();
    }

    private ConfidentialClientApplication msal(IClientCredential credential) throws Exception {
        return ConfidentialClientApplication.builder(Simulator.CLIENT_ID, credential)
                .authority(simulator.loginUrl() + "/" + Simulator.TENANT_ID + "/")
                .instanceDiscovery(false)
                .sslSocketFactory(Client.trusting().getSocketFactory())
                .build();
    }

    private HttpResponse<byte[]> refresh(String refreshToken) throws Exception {
        return client.token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private JsonNode refreshed(String refreshToken) throws Exception {
        return Client.json(refresh(refreshToken));
    }

    private static void assertRefused(
            HttpResponse<byte[]> response, int status, String error, int number) throws Exception {
        JsonNode body = Client.json(response);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body.path("error").asText()).isEqualTo(error);
        assertThat(body.path("error_codes").path(0).asInt()).isEqualTo(number);
        assertThat(body.path("error_description").asText())
                .startsWith("AADSTS" + number + ": ")
                .contains("\r\nTrace ID: ");
    }
}
