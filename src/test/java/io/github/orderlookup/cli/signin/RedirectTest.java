package io.github.orderlookup.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private static final Secret STATE = new Secret("st~ate");
    private static final int PORT = 8400;

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8400", "LOCALHOST:8400", "127.0.0.1:8400", "[::1]:8400"})
    void takesTheCodeOfTheLoginHost(String host) {
        Redirect redirect =
                Redirect.of("GET", host, PORT, "/", "code=a%2Bb%20c&state=st%7Eate&x", STATE);

        assertThat(redirect).isEqualTo(new Redirect.Code(new Secret("a+b c")));
    }

    @Test
    void takesTheErrorOfTheLoginHostBeforeAnyCode() {
        String query = "error=access_denied&error_description=AADSTS65004%3A+No&state=st~ate";

        assertThat(get(query + "&code=a"))
                .isEqualTo(new Redirect.Refused("access_denied", "AADSTS65004: No"));
        assertThat(get("error=access_denied&state=st~ate"))
                .isEqualTo(new Redirect.Refused("access_denied", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "POST | localhost:8400      | /         | code=a&state=st~ate         | 404",
                "HEAD | localhost:8400      | /         | code=a&state=st~ate         | 404",
                "GET  | localhost:8400      | /favicon  | code=a&state=st~ate         | 404",
                "GET  | localhost:8400      | //        | code=a&state=st~ate         | 404",
                "GET  | localhost:8400      | /         | none                        | 400",
                "GET  | localhost:8400      | /         | code=a                      | 400",
                "GET  | localhost:8400      | /         | code=a&state=               | 400",
                "GET  | localhost:8400      | /         | code=a&state=st~at          | 400",
                "GET  | localhost:8400      | /         | state=st~ate                | 400",
                "GET  | localhost:8400      | /         | code=a&state=st~ate&state=b | 400",
                "GET  | localhost:8400      | /         | code=a&code=b&state=st~ate  | 400",
                "GET  | localhost:8400      | /         | error=e&state=b             | 400",
                "GET  | localhost:8400      | /         | code=%zz&state=st~ate       | 400",
                "GET  | evil.example:8400   | /         | code=a&state=st~ate         | 400",
                "GET  | localhost:8401      | /         | code=a&state=st~ate         | 400",
                "GET  | localhost           | /         | code=a&state=st~ate         | 400",
                "GET  | none                | /         | code=a&state=st~ate         | 400",
            })
    void goesOnWaitingAfterEveryOtherRequest(
            String method, String host, String path, String query, int status) {
        assertThat(Redirect.of(method, host, PORT, path, query, STATE))
                .isEqualTo(new Redirect.Stray(status));
    }

    private static Redirect get(String query) {
        return Redirect.of("GET", "localhost:8400", PORT, "/", query, STATE);
    }
}
