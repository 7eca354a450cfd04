package io.github.orderlookup.settings.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A properties file as {@link Properties} reads one, but in UTF-8 whatever the JVM's default, with
 * or without a byte-order mark, and with the number of each line that cannot be read.
 */
final class SettingsFile {
    private static final String ACCEPTED =
            "a properties file in UTF-8: key=value lines, \\\\ for one backslash";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SettingsFile() {}

    /**
     * One setting of the file.
     *
     * @param line number of the line on which it begins, from 1
     * @param value as written, with escapes resolved; null when it cannot be read
     * @param error why it cannot be read; null when it can
     */
    record Line(int line, String key, @Nullable String value, @Nullable SettingError error) {}

    /**
     * Reads a file; one that does not exist says nothing.
     *
     * @throws SettingsException when something is there that cannot be read as a whole
     */
    static List<Line> read(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        String name = file.getFileName().toString();
        if (!Files.exists(file)) {
            throw unreadable(name, Quoted.ofPath(file) + " is a link to a file that is not there");
        }
        if (Files.isDirectory(file)) {
            throw unreadable(name, Quoted.ofPath(file) + " is a directory");
        }
        if (!Files.isReadable(file)) {
            throw unreadable(name, Quoted.ofPath(file) + " cannot be read by this user");
        }
        try {
            return parse(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(name, Quoted.ofPath(file) + " cannot be read");
        }
    }

    private static SettingsException unreadable(String name, String wrong) {
        return new SettingsException(
                List.of(new SettingError(name, wrong, ACCEPTED + ", or no such file")));
    }

    /** Reads the content of a file. */
    static List<Line> parse(String name, byte[] content) {
        List<Line> settings = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        int begun = 0;
        int number = 0;
        for (String line : physicalLines(content)) {
            number++;
            if (logical.length() == 0) {
                begun = number;
                if (isNoSetting(line)) {
                    continue;
                }
            }
            logical.append(line).append('\n');
            if (!isContinued(line)) {
                settings.add(setting(name, begun, logical.toString()));
                logical.setLength(0);
            }
        }
        if (logical.length() > 0) {
            settings.add(setting(name, begun, logical.toString()));
        }
        return settings;
    }

    /** Each byte as a character: the bytes of a line are decoded with the line. */
    private static String[] physicalLines(byte[] content) {
        String bytes = new String(content, ISO_8859_1);
        String mark = new String(String.valueOf(BYTE_ORDER_MARK).getBytes(UTF_8), ISO_8859_1);
        return (bytes.startsWith(mark) ? bytes.substring(mark.length()) : bytes)
                .split("\r\n|\n|\r", -1);
    }

    private static boolean isNoSetting(String line) {
        String text = line.replaceFirst("^[ \t\f]+", "");
        return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
    }

    /** Whether it ends with an odd number of backslashes. */
    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length()
                && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Line setting(String file, int number, String bytes) {
        String place = file + " line " + number;
        String text;
        try {
            text =
                    UTF_8.newDecoder()
                            .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                            .toString();
        } catch (CharacterCodingException e) {
            return broken(place, number, bytes, "holds bytes that are no UTF-8");
        }
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return broken(
                    place,
                    number,
                    text,
                    "holds a \"\\u\" that is not followed by four hexadecimal digits");
        }
        String key = one.stringPropertyNames().iterator().next();
        return new Line(number, key, one.getProperty(key), null);
    }

    private static Line broken(String place, int number, String text, String wrong) {
        String key = text.strip().split("[=:\\s]", 2)[0];
        return new Line(
                number, key, null, new SettingError(place, Quoted.of(key) + " " + wrong, ACCEPTED));
    }

    /** The keys that a file sets more than once. */
    static List<SettingError> duplicates(List<Line> lines) {
        Map<String, List<Line>> byKey = new LinkedHashMap<>();
        lines.forEach(
                line ->
                        byKey.computeIfAbsent(CamelText.bare(line.key()), key -> new ArrayList<>())
                                .add(line));
        return byKey.values().stream()
                .filter(same -> same.size() > 1)
                .map(SettingsFile::duplicate)
                .toList();
    }

    private static SettingError duplicate(List<Line> same) {
        String numbers =
                same.stream()
                        .map(line -> Integer.toString(line.line()))
                        .collect(Collectors.joining(", "));
        return new SettingError(
                Quoted.escaped(same.get(0).key()),
                "is set more than once in the file, on lines " + numbers,
                "one line for each key");
    }
}
