package io.github.orderlookup.settings.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Converts the text of a file that holds the value of a setting. Pure: the path is for the message
 * alone, which shows nothing of the content.
 */
public final class FileContents {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private FileContents() {}

    /** The text without its byte-order mark, and without blanks and line ends around it. */
    static String text(Path file, byte[] content) throws MalformedException {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(Quoted.ofPath(file) + " holds bytes that are no UTF-8");
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        String value = text.substring(marked ? 1 : 0).strip();
        if (value.isEmpty()) {
            throw new MalformedException(Quoted.ofPath(file) + " holds nothing but blanks");
        }
        return value;
    }

    /** A secret as it was issued: one line without blanks. */
    public static Secret clientSecret(Path file, byte[] content) throws MalformedException {
        return parse(file, Formats.TOKEN_LIKE, text(file, content));
    }

    public static Secret password(Path file, byte[] content) throws MalformedException {
        return new Secret(text(file, content));
    }

    /** The token of another issuer, a JWT. */
    public static Secret assertion(Path file, byte[] content) throws MalformedException {
        String text = text(file, content);
        if (!JWT.matcher(text).matches()) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " holds no token: three parts with dots between them");
        }
        return new Secret(text);
    }

    /** API keys, one a line; blank lines are passed over. */
    public static List<Secret> apiKeys(Path file, byte[] content) throws MalformedException {
        List<Secret> keys = new ArrayList<>();
        int number = 0;
        for (String line : text(file, content).split("\\R", -1)) {
            number++;
            if (!line.isBlank()) {
                String which = "the key on line " + number;
                keys.add(parse(file, ApiKeyFormats.one(which), line.strip()));
            }
        }
        ApiKeyFormats.requireDistinct(keys, Quoted.ofPath(file) + ": ");
        return List.copyOf(keys);
    }

    private static <T> T parse(Path file, Format<T> format, String text) throws MalformedException {
        try {
            return format.parse(text);
        } catch (MalformedException e) {
            throw new MalformedException(Quoted.ofPath(file) + ": " + e.wrong());
        }
    }
}
