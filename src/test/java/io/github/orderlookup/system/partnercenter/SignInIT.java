package io.github.orderlookup.system.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar signs in by certificate, and for a user whose refresh token rotates. */
class SignInIT {
    private static final String TOKEN_STORE = "refresh-token.json";

    @Test
    void signsInWithACertificate(@TempDir Path directory) {
        Path keyStore = directory.resolve("application.p12");
        X509Certificate certificate =
                SelfSignedCertificate.ofAnApplication(keyStore, "of the certificate");
        RunningService.Builder options =
                RunningService.builder()
                        .withoutKafka()
                        .without("partner-center.client-secret")
                        .setting("partner-center.client-certificate", keyStore.toString())
                        .setting(
                                "partner-center.client-certificate-password", "of the certificate");

        try (RunningService service = options.start()) {
            service.simulator().registerCertificate(certificate);

            HttpResponse<String> answer = new RestClient(service).lookUp("order--1");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(tokenRequests(service))
                    .singleElement()
                    .satisfies(
                            request ->
                                    assertThat(request.form())
                                            .containsKey("client_assertion")
                                            .doesNotContainKey("client_secret"));
        }
    }

    @Test
    void keepsTheRotatedRefreshTokenUntilItIsRevoked() throws IOException {
        RunningService.Builder options =
                RunningService.builder()
                        .withoutKafka()
                        .setting("partner-center.auth-mode", "app-user")
                        .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                        .setting("partner-center.token-store", TOKEN_STORE);

        try (RunningService service = options.start()) {
            RestClient rest = new RestClient(service);
            Path store = service.directory().resolve(TOKEN_STORE);

            assertThat(rest.lookUp("order--1").statusCode()).isEqualTo(200);
            String stored = Files.readString(store);
            assertThat(refreshTokens(service)).containsExactly(Simulator.REFRESH_TOKEN);
            assertThat(stored).doesNotContain(Simulator.REFRESH_TOKEN);
            assertThatOnlyItsOwnerMayRead(store);

            assertThat(service.process().terminate()).isEqualTo(143);
            service.restart();
            assertThat(rest.lookUp("order--2").statusCode()).isEqualTo(200);
            assertThat(refreshTokens(service)).hasSize(2);
            assertThat(stored).contains(refreshTokens(service).get(1));
            assertThatOnlyItsOwnerMayRead(store);

            service.simulator().revokeRefreshTokens();
            service.simulator().revokeAccessTokens();
            assertThatTheOperatorLearnsWhy(rest.lookUp("order--3"));
            assertThat(rest.lookUp("order--3").statusCode()).isEqualTo(502);
        }
    }

    private static void assertThatTheOperatorLearnsWhy(HttpResponse<String> answer) {
        JsonNode problem = Outcome.json(answer.body().getBytes());
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(problem.path("type").asText()).endsWith(":authentication-failed");
        assertThat(problem.path("retryable").asBoolean()).isFalse();
        assertThat(problem.path("detail").asText())
                .contains("AADSTS50173")
                .contains("order-lookup sign-in")
                .contains("partner-center.refresh-token");
        assertThat(answer.body()).doesNotContain("1.AX0A");
    }

    private static List<Received> tokenRequests(RunningService service) {
        return service.simulator().loginLog().matching(request -> request.method().equals("POST"));
    }

    private static List<String> refreshTokens(RunningService service) {
        return tokenRequests(service).stream()
                .map(request -> request.form().get("refresh_token"))
                .toList();
    }

    private static void assertThatOnlyItsOwnerMayRead(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            assertThat(PosixFilePermissions.toString(view.readAttributes().permissions()))
                    .isEqualTo("rw-------");
        }
    }
}
