package io.github.orderlookup.settings;

import java.nio.file.Path;
import java.util.Locale;

/** Texts of others, made fit to be shown in one line. */
public final class Quoted {
    private static final int LONGEST = 200;

    private Quoted() {}

    /** The text in quotes, shortened and escaped. */
    public static String of(String text) {
        return "\"" + escaped(text) + "\"";
    }

    /** The text, shortened, with everything escaped that does not print as itself. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(escaped, c));
        boolean cut = text.codePointCount(0, text.length()) > LONGEST;
        return escaped.append(cut ? "..." : "").toString();
    }

    /**
     * The place of a file from the root on: a relative name alone does not tell where we looked.
     */
    public static String ofPath(Path file) {
        return of(file.toAbsolutePath().normalize().toString());
    }

    private static void append(StringBuilder escaped, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    escaped.append(String.format(Locale.ROOT, "\\u{%X}", codePoint));
            default -> escaped.appendCodePoint(codePoint);
        }
    }
}
