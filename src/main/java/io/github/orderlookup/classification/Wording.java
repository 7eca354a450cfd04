package io.github.orderlookup.classification;

import io.github.orderlookup.text.VisibleText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of remote texts what no problem may hold: tokens, secrets, URLs, stack traces and the
 * names of exception classes; and escapes what does not print as itself ({@link VisibleText}).
 * Everything else stays as it is, entities and line ends included.
 *
 * <p>No pattern tries an alternative again inside a repetition: each takes time in proportion to
 * the text, which is bounded, and no stack.
 */
final class Wording {

    /** Longer texts are cut first, which bounds the work; problems hold far less. */
    private static final int MAX = 4_096;

    private static final Pattern STACK_TRACE =
            Pattern.compile("(?s)\\sat [\\w$]{1,100}+\\.[^\\s(]{1,300}+\\(.*+");
    private static final Pattern URL = Pattern.compile("(?i)\\b[a-z][a-z+]{1,15}://[^\\s\"'<>]++");
    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(Bearer|Basic)\\s{1,10}+[\\w.~+/=-]{8,}+");
    private static final Pattern JWT = Pattern.compile("(?<![A-Za-z0-9])eyJ[\\w-][\\w.-]*+");
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)((?:secret|token|password|assertion)"
                            + "(?:=|[\"']\\s{0,9}:\\s{0,9}[\"']))[^\\s&\"']++");
    private static final Pattern EXCEPTION =
            Pattern.compile("\\b(?:[A-Za-z_]\\w{0,80}+\\.){1,12}+\\w{0,80}(?:Exception|Error)\\b");

    private Wording() {}

    /** Null for a text of nothing but white space. */
    static @Nullable String harmless(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.strip();
        plain = cut(plain);
        plain = STACK_TRACE.matcher(plain).replaceFirst("");
        plain = BEARER.matcher(plain).replaceAll("$1 [removed]");
        plain = JWT.matcher(plain).replaceAll("[removed]");
        plain = URL.matcher(plain).replaceAll("[URL]");
        plain = SECRET.matcher(plain).replaceAll("$1[removed]");
        plain = EXCEPTION.matcher(plain).replaceAll("[error]");
        return plain.isBlank() ? null : VisibleText.ofLines(plain.strip());
    }

    /** Never inside a surrogate pair. */
    private static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX);
    }
}
