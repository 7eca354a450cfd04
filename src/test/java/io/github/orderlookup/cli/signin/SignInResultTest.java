package io.github.orderlookup.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.signin.Mfa;
import io.github.orderlookup.signin.interactive.SignedIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInResultTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant END = NOW.plus(Duration.ofDays(90)).minusMillis(3);

    @Test
    void saysWhoSignedInWhereAndForHowLong() {
        String text = done("Jo", "jo@contoso.com", Mfa.USED, null).text();

        assertThat(text.lines())
                .containsExactly(
                        "Signed in      Jo (jo@contoso.com)",
                        "Tenant         tenant-1",
                        "MFA            yes (pwd, mfa)",
                        "Refresh token  stored in /store/token.json; ends on 2026-04-02 (in 90 days)"
                                + " unless it is used before",
                        "Lookups        can go ahead: an access token was issued as the service asks"
                                + " for it. A service that runs takes it within seconds");
    }

    @ParameterizedTest
    @CsvSource({
        "Jo, jo@contoso.com, Jo (jo@contoso.com)",
        "'', jo@contoso.com, jo@contoso.com",
        "Jo, '',             Jo",
        "'', '',             as a user whose name is not told",
    })
    void namesTheUserAsFarAsTold(String name, String username, String shown) {
        assertThat(done(name, username, Mfa.USED, null).text())
                .startsWith("Signed in      " + shown + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "USED,     '',   yes,            can go ahead: an access token,    true",
        "UNKNOWN,  '',   cannot be told, where Partner Center does not ask, false",
        "NOT_USED, '',   no (,           where Partner Center does not ask, false",
        "USED,     down, yes,            not tried,                        false",
    })
    void saysWhetherLookupsCanGoAhead(
            Mfa mfa, String untried, String said, String lookups, boolean sure) throws Exception {
        SignInResult.Done done = done("Jo", "jo", mfa, untried.isEmpty() ? null : untried);

        assertThat(done.text()).contains("MFA            " + said, lookups);
        assertThat(json(done).path("lookups").asBoolean()).isEqualTo(sure);
        assertThat(json(done).path("mfa").asText())
                .isEqualTo(mfa == Mfa.NOT_USED ? "not-used" : mfa.name().toLowerCase());
    }

    @Test
    void escapesWhatTheLoginHostSays() {
        SignInResult.Done done =
                done("<script>alert('x')</script>\u001b[31m\n\u202e", "a&b\"", Mfa.USED, null);

        assertThat(done.text().lines()).hasSize(5);
        assertThat(done.text()).contains("\\u{1B}[31m\\u{A}\\u{202E}").doesNotContain("\u001b");
        assertThat(done.page())
                .contains("&lt;script&gt;alert(&#39;x&#39;)", "a&amp;b&quot;")
                .doesNotContain("<script", "\u001b", "\u202e");
    }

    @Test
    void saysWhatWentWrong() throws Exception {
        SignInResult.Failed failed = new SignInResult.Failed("Port 1 is taken <here>.", true);

        assertThat(failed.text()).isEqualTo("Not signed in. Port 1 is taken <here>.");
        assertThat(failed.page()).contains("<h1>Not signed in</h1>", "taken &lt;here&gt;.");
        assertThat(json(failed).path("ok").asBoolean(true)).isFalse();
        assertThat(json(failed).path("tryAgain").asBoolean()).isTrue();
        assertThat(json(failed).path("error").asText()).isEqualTo("Port 1 is taken <here>.");
    }

    @Test
    void showsAPageThatLoadsNothing() {
        assertThat(ResultPage.HEADERS)
                .containsEntry("Cache-Control", "no-store")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy).startsWith("default-src 'none';"));
        assertThat(ResultPage.of("a", "b"))
                .doesNotContain("<script", "<style", "<link", "<img", "src=", "href=");
    }

    private static SignInResult.Done done(String name, String username, Mfa mfa, String untried) {
        return new SignInResult.Done(
                new SignedIn(
                        name,
                        username,
                        "tenant-1",
                        mfa,
                        List.of("pwd", "mfa"),
                        Path.of("/store/token.json"),
                        END,
                        Optional.ofNullable(untried)),
                NOW);
    }

    private static JsonNode json(SignInResult result) throws Exception {
        return new ObjectMapper().readTree(result.json());
    }
}
