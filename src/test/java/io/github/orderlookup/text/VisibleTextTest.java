package io.github.orderlookup.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Größe 你好 😀", "a\\u{85}b", "non\u00a0breaking"})
    void leavesWhatPrintsAsItself(String text) {
        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029,
                0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xE000, 0xE0041, 0xD800, 0xDFFF
            })
    void escapesWhatDoesNot(int codePoint) {
        String text = "a" + new String(new int[] {codePoint}, 0, 1) + "b";

        assertThat(VisibleText.of(text))
                .isEqualTo(
                        "a\\u{"
                                + Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT)
                                + "}b");
        assertThat(VisibleText.ofLines(text)).isEqualTo(VisibleText.of(text));
    }

    @Test
    void leavesTabsAndEndsOfLinesOnlyWhereTheyMayStand() {
        assertThat(VisibleText.ofLines("a\tb\r\nc")).isEqualTo("a\tb\r\nc");
        assertThat(VisibleText.of("a\tb\r\nc")).isEqualTo("a\\u{9}b\\u{D}\\u{A}c");
    }

    @ParameterizedTest
    @CsvSource({
        "3, aaa",
        "4, aaa",
        "8, aaa",
        "9, aaa\\u{85}",
        "10, aaa\\u{85}",
        "11, aaa\\u{85}😀"
    })
    void cutsInsideNoEscapeAndNoPair(int max, String expected) {
        assertThat(VisibleText.of("aaa\u0085😀", max)).isEqualTo(expected);
    }

    @Property
    void isEscapedOnceAndForAll(@ForAll String text, @ForAll @IntRange(max = 40) int max) {
        String visible = VisibleText.of(text);

        assertThat(visible.codePoints().noneMatch(VisibleText::isHidden)).isTrue();
        assertThat(VisibleText.of(visible)).isEqualTo(visible);
        assertThat(VisibleText.of(text, max)).hasSizeLessThanOrEqualTo(max);
        assertThat(visible).startsWith(VisibleText.of(text, max));
    }

    @Test
    void escapesADocumentAsJsonDoes() {
        byte[] document = "{\n\"a\": \"x\u009b31m\u202ey 😀\u007f\"}".getBytes(UTF_8);

        assertThat(VisibleText.ofJson(document))
                .asString(UTF_8)
                .isEqualTo("{\n\"a\": \"x\\u009b31m\\u202ey 😀\\u007f\"}");
    }
}
