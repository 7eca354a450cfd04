package io.github.orderlookup.text;

import java.nio.file.Path;

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
        int end =
                text.offsetByCodePoints(
                        0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        return VisibleText.of(text.substring(0, end)) + (end < text.length() ? "..." : "");
    }

    /**
     * The place of a file from the root on: a relative name alone does not tell where we looked.
     */
    public static String ofPath(Path file) {
        return of(file.toAbsolutePath().normalize().toString());
    }
}
