package io.github.orderlookup.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Numbers of errors of Microsoft Entra in texts: {@code AADSTS} and digits, in any case. */
public final class Aadsts {

    private static final Pattern NUMBER = Pattern.compile("(?i)AADSTS([0-9]{1,9})(?![0-9])");

    private Aadsts() {}

    /** The numbers in a text, as one to nine digits, in their order. */
    public static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }
}
