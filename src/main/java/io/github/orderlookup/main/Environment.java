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
 * <p>Java decodes them with a charset that {@code file.encoding} and the locale decide, and loses
 * what that one lacks. Linux shows the bytes that there were.
 */
final class Environment {

    private static final Path BYTES = Path.of("/proc/self/environ");

    private Environment() {}

    static Map<String, String> read() {
        return read(System.getenv(), BYTES);
    }

    /** The variables as Java has them, those that are not ASCII alone as the file has them. */
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

    /** Each character stands for a byte; what is no UTF-8 stays as it is. */
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
