package io.github.orderlookup.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A key of {@code application.properties} with the value beside it and the comment above it. */
record DocumentedSetting(String key, String value, String comment) {

    private static final Path FILE = Path.of("application.properties");
    private static final Pattern LINE = Pattern.compile("#?([a-z][a-z0-9.-]*)=(.*)");
    private static final Pattern DEFAULT =
            Pattern.compile("\\s*\\b(Default|No default( of its own)?): .*", Pattern.DOTALL);

    /** All of them, in the order of the file. */
    static List<DocumentedSetting> all() throws IOException {
        List<DocumentedSetting> all = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        for (String line : Files.readAllLines(FILE)) {
            var setting = LINE.matcher(line);
            if (setting.matches()) {
                all.add(
                        new DocumentedSetting(
                                setting.group(1), setting.group(2), comment.toString()));
                comment.setLength(0);
            } else if (line.isBlank()) {
                comment.setLength(0);
            } else {
                comment.append(line.substring(1)).append('\n');
            }
        }
        return all;
    }

    /** What the comment says of the key, without its default, in one line. */
    String description() {
        return DEFAULT.matcher(comment).replaceFirst("").strip().replaceAll("\\s+", " ");
    }
}
