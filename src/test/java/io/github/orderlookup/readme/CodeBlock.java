package io.github.orderlookup.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fenced block of a Markdown file.
 *
 * @param line of the opening fence, counted from 1
 * @param language as written behind the fence; empty when there is none
 */
record CodeBlock(Path file, int line, String language, String text) {

    private static final String FENCE = "```";

    static List<CodeBlock> of(Path file) {
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(FENCE)) {
                int begin = i;
                i++;
                while (!lines.get(i).strip().equals(FENCE)) {
                    i++;
                }
                blocks.add(block(file, lines, begin, i));
            }
        }
        return blocks;
    }

    private static CodeBlock block(Path file, List<String> lines, int begin, int end) {
        int indent = lines.get(begin).indexOf(FENCE);
        String text =
                lines.subList(begin + 1, end).stream()
                        .map(line -> line.substring(Math.min(indent, line.length())))
                        .collect(Collectors.joining("\n", "", "\n"));
        String language = lines.get(begin).strip().substring(FENCE.length()).strip();
        return new CodeBlock(file, begin + 1, language, text);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it stands, as an editor wants to read it. */
    @Override
    public String toString() {
        return file + ":" + line + " (" + language + ")";
    }
}
