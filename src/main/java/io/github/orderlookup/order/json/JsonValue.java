package io.github.orderlookup.order.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One value in a JSON document that {@link StrictJson} has checked: a range of its bytes, of which
 * a part is read when it is asked for. Immutable and thread-safe as long as nobody changes the
 * bytes.
 */
public final class JsonValue {

    private final byte[] utf8;
    private final int from;
    private final int to;

    /**
     * @param from where the value starts
     * @param to where it ends, exclusive
     */
    JsonValue(byte[] utf8, int from, int to) {
        this.utf8 = utf8;
        this.from = from;
        this.to = to;
    }

    /** The document that this is a part of, as it came; not a copy. */
    public byte[] document() {
        return utf8;
    }

    /** The JSON text of this value. */
    String json() {
        return new String(utf8, from, to - from, UTF_8);
    }

    int offset() {
        return from;
    }

    int length() {
        return to - from;
    }

    boolean isObject() {
        return utf8[from] == '{';
    }

    boolean isArray() {
        return utf8[from] == '[';
    }

    public boolean isText() {
        return utf8[from] == '"';
    }

    boolean isBoolean() {
        return utf8[from] == 't' || utf8[from] == 'f';
    }

    boolean isTrue() {
        return utf8[from] == 't';
    }

    public boolean isNull() {
        return utf8[from] == 'n';
    }

    boolean isNumber() {
        return utf8[from] == '-' || (utf8[from] >= '0' && utf8[from] <= '9');
    }

    /** The characters of a text. */
    public String text() {
        return JsonText.unescaped(utf8, from + 1, to - 1);
    }

    /** The value of a member of an object; empty when there is none of this name. */
    public Optional<JsonValue> member(String name) {
        return Optional.ofNullable(members(name).get(name));
    }

    /**
     * The values of the members with these names, as far as they are there.
     *
     * @param names in ASCII
     */
    public Map<String, JsonValue> members(String... names) {
        Map<String, JsonValue> found = new HashMap<>();
        int at = skipWhiteSpace(utf8, from + 1);
        while (utf8[at] != '}' && found.size() < names.length) {
            int endOfName = end(utf8, at);
            int value = skipWhiteSpace(utf8, skipWhiteSpace(utf8, endOfName) + 1);
            int endOfValue = end(utf8, value);
            String name = oneOf(names, at + 1, endOfName - 1);
            if (name != null) {
                found.put(name, new JsonValue(utf8, value, endOfValue));
            }
            at = next(endOfValue);
        }
        return found;
    }

    private @Nullable String oneOf(String[] names, int start, int end) {
        for (String name : names) {
            if (JsonText.is(name, utf8, start, end)) {
                return name;
            }
        }
        return null;
    }

    /**
     * Goes through the members of an object, in their order.
     *
     * @param visitor of name and value; says whether to go on
     */
    void eachMember(BiPredicate<JsonValue, JsonValue> visitor) {
        int at = skipWhiteSpace(utf8, from + 1);
        while (utf8[at] != '}') {
            int endOfName = end(utf8, at);
            int value = skipWhiteSpace(utf8, skipWhiteSpace(utf8, endOfName) + 1);
            int endOfValue = end(utf8, value);
            JsonValue name = new JsonValue(utf8, at, endOfName);
            if (!visitor.test(name, new JsonValue(utf8, value, endOfValue))) {
                return;
            }
            at = next(endOfValue);
        }
    }

    /** The elements of an array. */
    List<JsonValue> elements() {
        List<JsonValue> elements = new ArrayList<>();
        int at = skipWhiteSpace(utf8, from + 1);
        while (utf8[at] != ']') {
            int end = end(utf8, at);
            elements.add(new JsonValue(utf8, at, end));
            at = next(end);
        }
        return elements;
    }

    /** The start of the next member or element, or the closing bracket. */
    private int next(int end) {
        int at = skipWhiteSpace(utf8, end);
        return utf8[at] == ',' ? skipWhiteSpace(utf8, at + 1) : at;
    }

    private static int skipWhiteSpace(byte[] utf8, int start) {
        int at = start;
        while (StrictJson.isWhiteSpace(utf8[at])) {
            at++;
        }
        return at;
    }

    /** The end of the value that starts here. */
    private static int end(byte[] utf8, int start) {
        return switch (utf8[start]) {
            case '"' -> JsonText.end(utf8, start + 1) + 1;
            case '{', '[' -> endOfNested(utf8, start);
            default -> endOfScalar(utf8, start);
        };
    }

    private static int endOfNested(byte[] utf8, int start) {
        int at = start;
        int open = 0;
        do {
            byte next = utf8[at++];
            if (next == '"') {
                at = JsonText.end(utf8, at) + 1;
            } else if (next == '{' || next == '[') {
                open++;
            } else if (next == '}' || next == ']') {
                open--;
            }
        } while (open > 0);
        return at;
    }

    private static int endOfScalar(byte[] utf8, int start) {
        int at = start;
        while (at < utf8.length && !isAfterScalar(utf8[at])) {
            at++;
        }
        return at;
    }

    private static boolean isAfterScalar(byte next) {
        return next == ',' || next == '}' || next == ']' || StrictJson.isWhiteSpace(next);
    }

    /** Whether the bytes are the same; the same value may be written in other bytes. */
    boolean isSameText(JsonValue other) {
        return Arrays.equals(utf8, from, to, other.utf8, other.from, other.to);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonValue value && JsonTree.isSame(this, value);
    }

    @Override
    public int hashCode() {
        return JsonTree.hash(this);
    }
}
