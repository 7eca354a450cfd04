package io.github.orderlookup.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
    @ValueSource(
            strings = {
                "eyJa",
                "eyJ",
                "a.",
                "a",
                ".",
                "_",
                " ",
                " at a",
                " at a.a",
                "Bearer ",
                "Bearer a",
                "http://",
                "a+",
                "secret=",
                "\"token\" : ",
                "<title",
                "Exception",
                "a.Exception",
                "AADSTS1"
            })
    void needsNoStackForTextsMadeToOverflowIt(String piece) throws Exception {
        for (String before : List.of("", "eyJa", "Bearer ", " at ", "x.", "http://", "token=")) {
            String text = before + piece.repeat(100_000 / piece.length());
            String beginning = text.substring(0, 4_096);

            assertThat(onASmallStack(() -> Wording.harmless(text))).isNotEqualTo("overflow");
            assertThat(onASmallStack(() -> Wording.harmless(beginning))).isNotEqualTo("overflow");
        }
    }

    private static String onASmallStack(Supplier<String> work) throws InterruptedException {
        AtomicReference<String> result = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                result.set(String.valueOf(work.get()));
                            } catch (StackOverflowError e) {
                                result.set("overflow");
                            }
                        },
                        "small stack",
                        256 * 1024);
        thread.start();
        thread.join();
        return result.get();
    }

    @Test
    void masksATokenOfAnyLength() {
        assertThat(Wording.harmless("eyJa" + ".".repeat(4_092))).isEqualTo("[removed]");
        assertThat(Wording.harmless("x_eyJhbGci.a.b, {\"access_token\": \"0.AbC\"}"))
                .isEqualTo("x_[removed], {\"access_token\": \"[removed]\"}");
    }

    @Test
    void escapesWhatDoesNotPrintAsItself() {
        assertThat(Wording.harmless("a\u0085b\u202ec\u2028d\u200be\ud800f\u001b[31m\r\ng"))
                .isEqualTo("a\\u{85}b\\u{202E}c\\u{2028}d\\u{200B}e\\u{D800}f\\u{1B}[31m\r\ng");
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
