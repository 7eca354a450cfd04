package io.github.orderlookup.lookup;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of remote texts what no problem may hold: tokens, secrets, URLs, stack traces and the
 * names of exception classes. Everything else stays as it is, entities and line ends included.
 */
final class Wording {

    /** Longer texts are cut first, which bounds the work; problems hold far less. */
    private static final int MAX = 4_096;

    private static final Pattern STACK_TRACE =
            Pattern.compile("(?s)\\sat [\\w$]{1,100}\\.[^\\s(]{1,300}\\(.*");
    private static final Pattern URL = Pattern.compile("(?i)\\b[a-z][a-z+]{1,15}://[^\\s\"'<>]+");
    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(Bearer|Basic)\\s+[\\w.~+/=-]{8,}");
    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]+(?:\\.[\\w-]*)*");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b(\\w{0,30}(?:secret|token|password|assertion)=)[^\\s&\"']+");
    private static final Pattern EXCEPTION =
            Pattern.compile("\\b(?:[A-Za-z_]\\w{0,80}\\.){1,12}\\w{0,80}(?:Exception|Error)\\b");

    private Wording() {}

    /** Null for a text of nothing but white space. */
    static @Nullable String harmless(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.strip();
        plain = plain.length() > MAX ? plain.substring(0, MAX) : plain;
        plain = STACK_TRACE.matcher(plain).replaceFirst("");
        plain = BEARER.matcher(plain).replaceAll("$1 [removed]");
        plain = JWT.matcher(plain).replaceAll("[removed]");
        plain = URL.matcher(plain).replaceAll("[URL]");
        plain = SECRET.matcher(plain).replaceAll("$1[removed]");
        plain = EXCEPTION.matcher(plain).replaceAll("[error]");
        return plain.isBlank() ? null : plain.strip();
    }
}
