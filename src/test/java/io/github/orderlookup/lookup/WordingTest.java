package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We&#39;re sorry, it looks like you've run out.",
                "{\"code\":\"60071\",\"reason\":\"ZipCityInvalid - Details: 'City'\"}",
                "Rate limit is exceeded. Try again in 57 seconds.",
                "Come back at 12.30 (UTC).",
                "Token expired.",
                "Fehler: Größe überschritten 你好 😀",
            })
    void leavesOrdinaryTextsAlone(String text) {
        assertThat(Wording.harmless(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cannot GET https://api.example/v1/customers/1?x=2 now | Cannot GET [URL] now",
                "Bad header Bearer canary-token-123. | Bad header Bearer [removed]",
                "Bad eyJhbGciOi.eyJhdWQi.c2ln token | Bad [removed] token",
                "refused client_secret=abc~123&x=1 | refused client_secret=[removed]&x=1",
                "System.Net.WebException: no route | [error]: no route",
            })
    void takesOutWhatNoProblemMayHold(String text, String expected) {
        assertThat(Wording.harmless(text)).isEqualTo(expected);
    }

    @Test
    void cutsAStackTraceOff() {
        String text =
                "Object is not set.\r\n   at Some.Service.Order.Get(String id) in c:\\x.cs:7\r\n";

        assertThat(Wording.harmless(text)).isEqualTo("Object is not set.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void takesBlankTextsForNone(String text) {
        assertThat(Wording.harmless(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" at ", "a.", "eyJ.", "Bearer ", "http://", "token", " at a.b", "_"})
    void isQuickOnTextsMadeToBeSlow(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());

        assertTimeout(Duration.ofSeconds(2), () -> Wording.harmless(text));
    }
}
