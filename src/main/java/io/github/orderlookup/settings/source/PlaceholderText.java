package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.text.Quoted;
import java.util.regex.Pattern;

/** Finds the placeholders of a text, those within others included. */
final class PlaceholderText {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final int DEEPEST = 10;

    /** References that hold the name of something, never a secret that happens to have braces. */
    private static final Pattern NAMES_ITS_SOURCE =
            Pattern.compile("\\??[a-z.-]{3,20}:\\??[A-Za-z0-9_./:-]{1,100}");

    private PlaceholderText() {}

    static String expandSecret(String text, Placeholders placeholders) throws MalformedException {
        if (!text.startsWith(OPEN) || closing(text, 0) != text.length() - CLOSE.length()) {
            return text;
        }
        String reference = text.substring(OPEN.length(), text.length() - CLOSE.length());
        try {
            return resolve(reference, placeholders, 0);
        } catch (MalformedException e) {
            throw NAMES_ITS_SOURCE.matcher(reference).matches()
                    ? e
                    : new MalformedException(
                            reference.startsWith("?")
                                    ? "is an optional placeholder"
                                    : "is a placeholder that cannot be resolved");
        }
    }

    static String expand(String text, Placeholders placeholders, int depth)
            throws MalformedException {
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = closing(text, open);
            if (close < 0) {
                break;
            }
            expanded.append(text, from, open);
            String reference = text.substring(open + OPEN.length(), close);
            expanded.append(resolve(reference, placeholders, depth));
            from = close + CLOSE.length();
        }
        return expanded.append(text, from, text.length()).toString();
    }

    private static String resolve(String reference, Placeholders placeholders, int depth)
            throws MalformedException {
        if (reference.startsWith("?") || reference.contains(":?")) {
            throw new MalformedException(
                    "holds the optional placeholder " + Quoted.of(OPEN + reference + CLOSE));
        }
        if (depth > DEEPEST) {
            throw new MalformedException("holds placeholders within placeholders without end");
        }
        String name = expand(reference, placeholders, depth + 1);
        return placeholders
                .resolve(name)
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        "holds a placeholder that cannot be resolved: "
                                                + Quoted.of(OPEN + reference + CLOSE)));
    }

    /** Where the braces that are opened at a place are closed; -1 when they are not. */
    private static int closing(String text, int open) {
        int depth = 0;
        int at = open;
        while (at < text.length() - 1) {
            if (text.startsWith(OPEN, at)) {
                depth++;
                at += OPEN.length();
            } else if (text.startsWith(CLOSE, at)) {
                depth--;
                if (depth == 0) {
                    return at;
                }
                at += CLOSE.length();
            } else {
                at++;
            }
        }
        return -1;
    }
}
