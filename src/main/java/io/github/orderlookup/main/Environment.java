package io.github.orderlookup.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables of the process, their values in UTF-8.
 *
 * <p>Java decodes them with the charset of the locale, and loses characters that it lacks. Linux
 * provides the bytes.
 */
final class Environment {

    private static final Path BYTES = Path.of("/proc/self/environ");

    private Environment() {}

    static Map<String, String> read() {
        return read(System.getenv(), BYTES);
    }

    /** The variables of Java; those with characters outside ASCII from the file. */
    static Map<String, String> read(Map<String, String> ofJava, Path bytes) {
        if (ofJava.values().stream().allMatch(Environment::isAscii) || !Files.isReadable(bytes)) {
            return ofJava;
        }
        Map<String, String> variables = new HashMap<>(ofJava);
        try {
            for (String entry : new String(Files.readAllBytes(bytes), ISO_8859_1).split("\0", -1)) {
                int name = entry.indexOf('=');
                if (name > 0 && !isAscii(entry)) {
                    variables.put(entry.substring(0, name), decoded(entry.substring(name + 1)));
                }
            }
            return variables;
        } catch (IOException e) {
            return ofJava;
        }
    }

    /** Each character stands for a byte; text that is not UTF-8 is returned as it is. */
    private static String decoded(String bytes) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
