package io.github.orderlookup.order.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The characters of a JSON text in bytes that {@link StrictJson} has checked. A text is given by
 * the range of its inside, without the quotation marks.
 */
final class JsonText {

    private JsonText() {}

    /** Whether the inside of a text is this one; looks into an escaped text only if it must. */
    static boolean is(String expected, byte[] utf8, int start, int end) {
        if (nextEscape(utf8, start, Math.min(end, start + 6 * expected.length())) < end) {
            return end - start <= 6 * expected.length()
                    && unescaped(utf8, start, end).equals(expected);
        }
        if (end - start != expected.length()) {
            return false;
        }
        int i = 0;
        while (i < expected.length() && utf8[start + i] == expected.charAt(i)) {
            i++;
        }
        return i == expected.length();
    }

    /** Where the closing quotation mark of a text is, whose first character is at the start. */
    static int end(byte[] utf8, int start) {
        int at = start;
        while (utf8[at] != '"') {
            at += utf8[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    /** The characters that the inside of a text stands for. */
    static String unescaped(byte[] utf8, int from, int to) {
        int escape = nextEscape(utf8, from, to);
        if (escape == to) {
            return new String(utf8, from, to - from, UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (escape < to) {
            text.append(new String(utf8, at, escape - at, UTF_8));
            boolean isUnicode = utf8[escape + 1] == 'u';
            text.append(isUnicode ? unicode(utf8, escape + 2) : character(utf8[escape + 1]));
            at = escape + (isUnicode ? 6 : 2);
            escape = nextEscape(utf8, at, to);
        }
        return text.append(new String(utf8, at, to - at, UTF_8)).toString();
    }

    private static int nextEscape(byte[] utf8, int from, int to) {
        int at = from;
        while (at < to && utf8[at] != '\\') {
            at++;
        }
        return at;
    }

    private static char unicode(byte[] utf8, int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            code = code * 16 + Character.digit(utf8[i], 16);
        }
        return (char) code;
    }

    private static char character(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) escape;
        };
    }
}
