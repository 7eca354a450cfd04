package io.github.orderlookup.mutants;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One change of the sources that takes a protection out.
 *
 * @param invariant its number in {@code docs/invariants.md}
 * @param file of the source, beneath the base package in {@code src/main/java}
 * @param replace text that occurs once in the file, white space aside
 * @param by what stands there instead
 * @param tests class names, beneath the base package, of which one must fail
 */
record Mutant(String invariant, String file, String replace, String by, List<String> tests) {

    private static final Path SOURCES = Path.of("src/main/java/io/github/orderlookup");

    /** Those of the list {@code mutants.yaml}. */
    static List<Mutant> all() throws IOException {
        try (InputStream list = Mutant.class.getResourceAsStream("/mutants.yaml")) {
            return List.of(new ObjectMapper(new YAMLFactory()).readValue(list, Mutant[].class));
        }
    }

    /**
     * The source with the change.
     *
     * @throws IllegalStateException when the text does not occur exactly once
     */
    String source() throws IOException {
        String original = Files.readString(SOURCES.resolve(file));
        Pattern text =
                Pattern.compile(
                        Pattern.quote(replace.strip()).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"));
        List<MatchResult> found = text.matcher(original).results().toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "%s: the text occurs %d times in %s: %s"
                            .formatted(invariant, found.size(), file, replace));
        }
        return original.substring(0, found.get(0).start())
                + by.strip()
                + original.substring(found.get(0).end());
    }

    String className() {
        return "io.github.orderlookup." + file.replace(".java", "").replace('/', '.');
    }
}
