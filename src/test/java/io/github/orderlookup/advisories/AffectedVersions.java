package io.github.orderlookup.advisories;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that an advisory calls affected, in the words that Camel's advisories use: "From
 * 4.0.0 before 4.14.8, from 4.15.0 before 4.18.3", "2.9.0 up to 2.9.7", "4.8.x", "4.20.0".
 *
 * <p>What stands in parentheses repeats what was said. Qualifiers such as {@code -M1} count as the
 * version itself, so that in doubt a version is affected.
 */
record AffectedVersions(List<Range> ranges) {

    private static final String VERSION = "(\\d+(?:\\.\\d+)+(?:\\.x)?)[-\\w]*";
    private static final Pattern CLAUSE =
            Pattern.compile(
                    VERSION
                            + "\\s+(before|up to|through)\\s+"
                            + VERSION
                            + "|prior to\\s+"
                            + VERSION
                            + "|"
                            + VERSION);

    /**
     * @param last included only if said so
     */
    record Range(String first, String last, boolean lastIncluded) {

        private boolean contains(String version) {
            int beforeEnd = compare(version, last);
            return compare(version, first) >= 0 && (lastIncluded ? beforeEnd <= 0 : beforeEnd < 0);
        }
    }

    /**
     * @throws IllegalArgumentException when the words name no version
     */
    static AffectedVersions parse(String words) {
        List<Range> ranges = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(words.replaceAll("\\([^)]*\\)", ""));
        while (clause.find()) {
            ranges.add(range(clause.toMatchResult()));
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("No version in: " + words);
        }
        return new AffectedVersions(ranges);
    }

    private static Range range(MatchResult clause) {
        if (clause.group(1) != null) {
            boolean included = !clause.group(2).equals("before");
            return new Range(lowest(clause.group(1)), clause.group(3), included);
        }
        if (clause.group(4) != null) {
            return new Range("0", clause.group(4), false);
        }
        String single = clause.group(5);
        return single.endsWith(".x")
                ? new Range(lowest(single), lowest(single) + "." + Integer.MAX_VALUE, true)
                : new Range(single, single, true);
    }

    private static String lowest(String version) {
        return version.replace(".x", "");
    }

    boolean contains(String version) {
        return ranges.stream().anyMatch(range -> range.contains(version));
    }

    private static int compare(String one, String other) {
        int[] a = numbers(one);
        int[] b = numbers(other);
        int length = Math.max(a.length, b.length);
        return Arrays.compare(Arrays.copyOf(a, length), Arrays.copyOf(b, length));
    }

    /** The numbers that a version begins with: 4.1 of {@code 4.1.Final}. */
    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .takeWhile(part -> part.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
