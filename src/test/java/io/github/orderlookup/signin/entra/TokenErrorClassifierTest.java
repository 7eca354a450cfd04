package io.github.orderlookup.signin.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenErrorClassifierTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client,      7000215, partner-center.client-secret",
        "401, invalid_client,      7000222, expired",
        "401, invalid_client,      700027,  partner-center.client-certificate",
        "401, invalid_client,      700024,  clock",
        "401, invalid_client,      700211,  another issuer or subject",
        "401, invalid_client,      700213,  another issuer or subject",
        "401, invalid_client,      70021,   another issuer or subject",
        "401, invalid_client,      7002138, upper and lower case",
        "401, invalid_client,      700212,  api://AzureADTokenExchange",
        "401, invalid_client,      7000272, keys",
        "401, invalid_client,      700223,  policy of the tenant",
        "401, invalid_client,      7002381, enterprise",
        "400, unauthorized_client, 700016,  partner-center.client-id",
        "400, invalid_request,     90002,   partner-center.tenant-id",
        "400, invalid_request,     90011,   partner-center.client-id",
        "400, invalid_grant,       70008,   partner-center.refresh-token",
        "400, invalid_grant,       700082,  expired",
        "400, invalid_grant,       50173,   revoked",
        "400, invalid_grant,       65001,   consent",
        "400, invalid_grant,       9002313, partner-center.refresh-token",
        "400, invalid_grant,       50076,   multifactor",
        "400, invalid_grant,       50079,   multifactor",
        "400, invalid_resource,    500011,  partner-center.scope",
        "400, invalid_scope,       70011,   partner-center.scope",
        "400, invalid_grant,       700007,  issued to another application",
        "400, invalid_grant,       700084,  single-page",
        "400, invalid_request,     90038,   partner-center.cloud",
        "400, invalid_request,     900382,  partner-center.cloud",
        "400, invalid_grant,       500341,  deleted",
        "400, invalid_grant,       70043,   sign-in frequency",
        "400, invalid_grant,       53003,   Conditional Access",
        "400, invalid_grant,       530032,  Conditional Access",
        "400, invalid_grant,       50053,   locked",
        "400, invalid_grant,       50055,   password has expired",
        "400, invalid_grant,       50105,   not assigned",
        "400, invalid_client,      650052,  enterprise application",
        "400, invalid_client,      650057,  no permission",
        "400, invalid_grant,       90094,   administrator",
        "400, invalid_client,      90036,   support",
        "401, invalid_client,      50032,   too weak",
        "400, invalid_grant,       4711,    refresh token",
        "400, something_new,       4712,    partner-center.*",
        "403, no_such_error,       4713,    partner-center.*",
    })
    void saysWhatTheOperatorCanDo(int status, String error, int number, String words) {
        SignInException failure = failure(status, body(error, number), null);

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).contains(words).endsWith("(AADSTS" + number + ")");
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, temporarily_unavailable, 0,     throttling",
        "503, temporarily_unavailable, 90033, not available",
        "400, temporarily_unavailable, 0,     not available",
        "400, server_error,            0,     not available",
        "400, invalid_request,         90033, not available",
        "400, invalid_grant,           90006, not available",
        "400, invalid_grant,           50087, not available",
        "401, invalid_client,          90006, not available",
        "400, invalid_request,         90012, not available",
        "400, invalid_request,         90024, not available",
        "400, invalid_request,         90055, not available",
        "400, invalid_request,         90090, not available",
        "400, invalid_grant,           50033, not available",
        "400, invalid_client,          50196, not available",
        "400, invalid_grant,           70012, not available",
        "500, invalid_client,          0,     not available",
        "408, '',                      0,     not available",
        "302, '',                      0,     partner-center.login-url",
        "404, '',                      0,     partner-center.login-url",
        "403, '',                      0,     partner-center.login-url",
        "200, '',                      0,     without a usable token",
    })
    void blamesNobodyWhenTimeMendsIt(int status, String error, int number, String words) {
        SignInException failure = failure(status, body(error, number), "7");

        assertThat(failure.refused()).isFalse();
        assertThat(failure.detail()).contains(words).contains("HTTP " + status);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void leavesALoginHostAloneThatSpeaksOfTooManyRequests() {
        assertThat(failure(400, body("invalid_client", 50196), null).retryAfter())
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void takesTheNumberFromTheTextWhenThereAreNoCodes() {
        SignInException failure =
                failure(
                        401,
                        "{\"error\":\"invalid_client\","
                                + "\"error_description\":\"AADSTS7000215: Invalid secret 'abc'.\"}",
                        null);

        assertThat(failure.detail())
                .contains("The client secret is wrong")
                .endsWith("(AADSTS7000215)");
    }

    @Test
    void prefersANumberItKnows() {
        SignInException failure =
                failure(400, "{\"error\":\"invalid_grant\",\"error_codes\":[1,50173]}", null);

        assertThat(failure.detail()).contains("revoked").endsWith("(AADSTS50173)");
    }

    @Test
    void takesAnAnswerWithoutAnyWordsForARefusal() {
        SignInException failure = failure(401, "", null);

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).endsWith("(HTTP 401)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CANARY",
                "{\"error\":\"CANARY\",\"error_description\":\"CANARY AADSTS700016: CANARY\"}",
                "{\"error\":{\"CANARY\":1},\"error_codes\":\"CANARY\",\"error_description\":[\"CANARY\"]}",
                "[\"CANARY\"]",
                "{\"error\":\"CANARY",
            })
    void quotesNothingOfTheAnswer(String body) {
        for (int status : new int[] {200, 400, 404, 500}) {
            assertThat(failure(status, body, "CANARY")).asString().doesNotContain("CANARY");
            assertThat(failure(status, body, "CANARY")).hasNoCause();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "120, 120",
        "'0,120', 120",
        "2.542, 3",
        "'Friday, 02-Jan-26 03:05:05 GMT', 60",
        "'Fri Jan  2 03:05:05 2026', 60",
        "'Fri, 02 Jan 2026 03:05:05 GMT', 60",
        "'Fri, 02 Jan 2026 03:00:00 GMT', 0"
    })
    void readsRetryAfterInSecondsAndAsADate(String header, long seconds) {
        assertThat(failure(503, "", header).retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "", "."})
    void ignoresARetryAfterThatIsNone(String header) {
        assertThat(failure(503, "", header).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "entra-400-invalid_grant-9002313-with-error_uri.json, AADSTS9002313",
        "entra-400-invalid_request-90011.json, AADSTS90011",
    })
    void understandsRecordedAnswers(String file, String number) throws IOException {
        Path sample =
                Path.of(System.getProperty("shared.samples", "../shared/samples"), "errors", file);
        assumeThat(sample).exists();

        SignInException failure = failure(400, Files.readString(sample), null);

        assertThat(failure.refused()).isTrue();
        assertThat(failure.detail()).endsWith("(" + number + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"t\",\"expires_in\":3599}",
                "{\"access_token\":\"t\",\"expires_in\":\"3599\",\"token_type\":\"Bearer\"}",
                "\ufeff{\"access_token\":\"t\",\"expires_in\":3599,\"nested\":{\"a\":[1]}}",
                "{\"access_token\":\"t\",\"expires_in\":3599.0}",
                "{\"access_token\":\"t\",\"expires_in\":3599.99}",
                "{\"access_token\":\"t\",\"expires_in\":\"3599.0\"}",
                "{\"access_token\":\"t\",\"expires_in\":\" 3599 \"}",
            })
    void takesATokenWithALifetime(String body) {
        TokenResponse answer = answer(200, body, null);

        assertThat(answer.isToken()).isTrue();
        assertThat(answer.lifetime()).isEqualTo(Duration.ofSeconds(3599));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"expires_in\":null",
                ",\"expires_in\":0",
                ",\"expires_in\":-5",
                ",\"expires_in\":\"soon\"",
                ",\"expires_in\":[3599]",
                ",\"expires_in\":1e400",
                ",\"expires_in\":99999999999999999999",
            })
    void givesATokenWithoutAUsableLifetimeTheUsualOne(String lifetime) {
        TokenResponse answer = answer(200, "{\"access_token\":\"t\"" + lifetime + "}", null);

        assertThat(answer.isToken()).isTrue();
        assertThat(answer.lifetime()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\",\"expires_in\":3599}",
                "{\"access_token\":{},\"expires_in\":3599}",
                "{\"access_token\":\"a\\r\\nX-Evil: b\",\"expires_in\":3599}",
                "<html>",
            })
    void takesNothingElseForAToken(String body) {
        assertThat(answer(200, body, null).isToken()).isFalse();
    }

    private static SignInException failure(int status, String body, @Nullable String retryAfter) {
        return TokenErrorClassifier.classify(answer(status, body, retryAfter));
    }

    private static TokenResponse answer(int status, String body, @Nullable String retryAfter) {
        return TokenResponse.of(
                status,
                body.getBytes(UTF_8),
                retryAfter == null ? List.of() : List.of(retryAfter),
                NOW);
    }

    private static String body(String error, int number) {
        String codes = number == 0 ? "" : Integer.toString(number);
        return error.isEmpty()
                ? "<html>"
                : "{\"error\":\"" + error + "\",\"error_codes\":[" + codes + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied           | AADSTS65004: User declined | declined to consent    | true",
                "access_denied           | ''                         | The user declined      | true",
                "consent_required        | AADSTS90094: Admin consent | administrator          | true",
                "interaction_required    | AADSTS65001: x             | sign-in                | true",
                "invalid_request         | AADSTS50011: x             | redirect URI http      | true",
                "temporarily_unavailable | ''                         | not available          | false",
                "server_error            | AADSTS90033: x             | not available          | false",
                "<b>                     | <script>                   | refuses to sign        | true",
            })
    void classifiesTheErrorOfARedirect(
            String error, String description, String words, boolean refused) {
        SignInException failure = TokenErrorClassifier.ofRedirect(error, description);

        assertThat(failure.detail()).contains(words).doesNotContain("<");
        assertThat(failure.refused()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_declined, 0,      Sign in again and accept",
        "expired_token,          0,      Start sign-in again",
        "invalid_client,         700025, platform Web",
        "invalid_grant,          501481, Start sign-in again",
    })
    void knowsTheErrorsOfASignInOfAUser(String error, int number, String words) {
        String description = number == 0 ? "" : "AADSTS" + number + ": x";

        assertThat(TokenErrorClassifier.ofRedirect(error, description).detail()).contains(words);
    }
}
