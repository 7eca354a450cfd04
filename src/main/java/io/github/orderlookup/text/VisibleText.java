package io.github.orderlookup.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The one rule by which text from outside is escaped before it goes into a problem, a log, a
 * terminal or a page: what does not print as itself is written as its number, such as {@code
 * \\u{202E}}.
 *
 * <p>That is: control characters (C0, DEL, C1), format characters (bidirectional controls, those of
 * no width, the byte-order mark), line and paragraph separators, private use, what Unicode has not
 * assigned, and halves of surrogate pairs. Takes time in proportion to the text. Pure.
 */
public final class VisibleText {

    private VisibleText() {}

    /** The text in one line. */
    public static String of(String text) {
        return escape(text, Integer.MAX_VALUE, VisibleText::isHidden);
    }

    /** The text; tabs and ends of lines stay. */
    public static String ofLines(String text) {
        return escape(text, Integer.MAX_VALUE, VisibleText::isHiddenInLines);
    }

    /**
     * The text; tabs and ends of lines stay.
     *
     * @param max how many characters the result may have; it ends before the first character, or
     *     the first escape, that does not fit as a whole
     */
    public static @Nullable String ofLines(@Nullable String text, int max) {
        return text == null ? null : escape(text, max, VisibleText::isHiddenInLines);
    }

    /** The text in one line, of at most so many characters. */
    public static String of(String text, int max) {
        return escape(text, max, VisibleText::isHidden);
    }

    /** Whether a character does not print as itself. */
    static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }

    private static boolean isHiddenInLines(int codePoint) {
        return codePoint != '\t' && codePoint != '\n' && codePoint != '\r' && isHidden(codePoint);
    }

    private static String escape(String text, int max, IntPredicate isEscaped) {
        if (text.length() <= max && text.codePoints().noneMatch(isEscaped)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(Math.min(text.length(), max));
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            String next =
                    isEscaped.test(codePoint)
                            ? String.format(Locale.ROOT, "\\u{%X}", codePoint)
                            : Character.toString(codePoint);
            if (visible.length() + next.length() > max) {
                break;
            }
            visible.append(next);
            at += Character.charCount(codePoint);
        }
        return visible.toString();
    }

    /**
     * The same JSON document, for a terminal: inside its texts, what does not print as itself is
     * escaped as JSON does.
     *
     * @param json one well-formed document in UTF-8
     */
    public static byte[] ofJson(byte[] json) {
        return inJson(new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** Escapes as JSON does; tabs and ends of lines stay. */
    static String inJson(String text) {
        if (text.codePoints().noneMatch(VisibleText::isHiddenInLines)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> appendToJson(visible, c));
        return visible.toString();
    }

    private static void appendToJson(StringBuilder visible, int codePoint) {
        if (isHiddenInLines(codePoint)) {
            for (char unit : Character.toChars(codePoint)) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
        } else {
            visible.appendCodePoint(codePoint);
        }
    }
}
