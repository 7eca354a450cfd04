package io.github.orderlookup.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amr\":[\"pwd\",\"mfa\"]} | USED",
                "{\"amr\":[\"pwd\"]}         | NOT_USED",
                "{\"amr\":[]}                | UNKNOWN",
                "{\"amr\":\"mfa\"}           | UNKNOWN",
                "{}                          | UNKNOWN",
            })
    void tellsWhetherTheUserUsedMfa(String claims, Mfa mfa) {
        assertThat(TokenClaims.of(jwt(claims)).orElseThrow().mfa()).isEqualTo(mfa);
    }

    @Test
    void readsWhatIsThere() {
        TokenClaims claims =
                TokenClaims.of(jwt("{\"tid\":\"t\",\"exp\":1767225600}")).orElseThrow();

        assertThat(claims.text("tid")).isEqualTo("t");
        assertThat(claims.text("upn")).isEmpty();
        assertThat(claims.expiry()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(claims).hasToString("TokenClaims");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.b.c", "a.!.c", "a.W10.c", "a.bnVsbA.c"})
    void readsNothingFromATokenThatIsNoJwt(String token) {
        assertThat(TokenClaims.of(token)).isEmpty();
    }

    private static String jwt(String claims) {
        return "h."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
                + ".s";
    }
}
