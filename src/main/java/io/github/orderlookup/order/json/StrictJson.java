package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are one JSON object (RFC 8259), in UTF-8 without a byte-order mark, with no
 * member given twice and nested at most {@value #MAX_DEPTH} deep.
 *
 * <p>Builds nothing: beside the bytes it takes the memory of {@link MemberNames}. Jackson's parsers
 * let overlong forms and encoded surrogates pass, and detect a second member by a set of all names,
 * which costs ten times the bytes. Takes time in proportion to the bytes. Not thread-safe.
 *
 * <p>One class, since all rules of the grammar, a short method each, move one position.
 */
public final class StrictJson {

    public static final int MAX_DEPTH = 100;

    private static final int END = -1;
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    private final byte[] utf8;
    private final @Nullable MemberNames[] namesByDepth = new @Nullable MemberNames[MAX_DEPTH + 1];
    private int at;
    private int depth;

    private StrictJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Checks one document.
     *
     * @return its object
     * @throws JsonProcessingException when it breaks one of the rules above; the message says where
     *     and quotes nothing
     */
    public static JsonValue check(byte[] utf8) throws JsonProcessingException {
        return new StrictJson(utf8).document();
    }

    private JsonValue document() throws JsonProcessingException {
        skipWhiteSpace();
        if (peek() != '{') {
            throw malformed("The document is not an object");
        }
        int start = at;
        object();
        JsonValue root = new JsonValue(utf8, start, at);
        skipWhiteSpace();
        if (peek() != END) {
            throw malformed("Something follows the object");
        }
        return root;
    }

    private void value() throws JsonProcessingException {
        switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
    }

    private void object() throws JsonProcessingException {
        enter();
        skipWhiteSpace();
        if (peek() == '}') {
            leave();
            return;
        }
        MemberNames names = names();
        do {
            skipWhiteSpace();
            member(names);
            skipWhiteSpace();
        } while (another('}'));
        leave();
    }

    private void member(MemberNames names) throws JsonProcessingException {
        int start = at + 1;
        boolean isEscaped = string();
        if (!names.add(start, at - 1, isEscaped)) {
            throw malformed("A member is given twice");
        }
        skipWhiteSpace();
        expect(':');
        skipWhiteSpace();
        value();
    }

    private void array() throws JsonProcessingException {
        enter();
        skipWhiteSpace();
        if (peek() == ']') {
            leave();
            return;
        }
        do {
            skipWhiteSpace();
            value();
            skipWhiteSpace();
        } while (another(']'));
        leave();
    }

    private void enter() throws StreamConstraintsException {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new StreamConstraintsException("The document nests too deeply");
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    /** A table for each depth: that of an object ends with it, while its parents' are in use. */
    private MemberNames names() {
        MemberNames names = namesByDepth[depth];
        if (names == null) {
            names = new MemberNames(utf8);
            namesByDepth[depth] = names;
        } else {
            names.clear();
        }
        return names;
    }

    /** Whether a comma follows, which is passed; the given bracket is left. */
    private boolean another(char close) throws JsonProcessingException {
        int next = peek();
        if (next == ',') {
            at++;
            return true;
        }
        if (next != close) {
            throw malformed("A comma or the end of an object or array is missing");
        }
        return false;
    }

    /** Passes a text; whether it has an escape. */
    private boolean string() throws JsonProcessingException {
        expect('"');
        boolean isEscaped = false;
        while (true) {
            skipPlainCharacters();
            int next = peek();
            if (next == '"') {
                at++;
                return isEscaped;
            }
            if (next == '\\') {
                isEscaped = true;
                escape();
            } else if (next < ' ') {
                throw malformed("A text does not end or holds a control character");
            } else {
                multiByte(next);
            }
        }
    }

    /** Those that stand for themselves and have one byte: nearly all. */
    private void skipPlainCharacters() {
        int next = at;
        while (next < utf8.length && utf8[next] >= ' ' && utf8[next] != '"' && utf8[next] != '\\') {
            next++;
        }
        at = next;
    }

    private void escape() throws JsonProcessingException {
        at++;
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int digit = 0; digit < 4; digit++) {
                    if (peek() == END || Character.digit((char) peek(), 16) < 0) {
                        throw malformed("An escape is malformed");
                    }
                    at++;
                }
            }
            default -> throw malformed("An escape is malformed");
        }
    }

    /** One character of two to four bytes (Unicode, table 3-7). */
    private void multiByte(int first) throws JsonProcessingException {
        int more =
                first >= 0xC2 && first <= 0xDF
                        ? 1
                        : first >= 0xE0 && first <= 0xEF
                                ? 2
                                : first >= 0xF0 && first <= 0xF4 ? 3 : 0;
        at++;
        int second = peek();
        boolean isWellFormed =
                switch (first) {
                    case 0xE0 -> second >= 0xA0;
                    case 0xED -> second <= 0x9F;
                    case 0xF0 -> second >= 0x90;
                    case 0xF4 -> second <= 0x8F;
                    default -> more > 0;
                };
        for (int i = 0; i < more; i++) {
            isWellFormed &= (peek() & 0xC0) == 0x80 && peek() != END;
            at++;
        }
        if (!isWellFormed) {
            throw malformed("The document is not UTF-8");
        }
    }

    private void number() throws JsonProcessingException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    /** One or more. */
    private void digits() throws JsonProcessingException {
        if (!isDigit()) {
            throw malformed("A value is malformed");
        }
        while (isDigit()) {
            at++;
        }
    }

    private boolean isDigit() {
        int next = peek();
        return next >= '0' && next <= '9';
    }

    private void literal(byte[] text) throws JsonProcessingException {
        for (byte expected : text) {
            if (peek() != expected) {
                throw malformed("A value is malformed");
            }
            at++;
        }
    }

    private void expect(char expected) throws JsonProcessingException {
        if (peek() != expected) {
            throw malformed("A " + (expected == ':' ? "colon" : "name") + " is missing");
        }
        at++;
    }

    private void skipWhiteSpace() {
        while (isWhiteSpace(peek())) {
            at++;
        }
    }

    static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private int peek() {
        return at < utf8.length ? utf8[at] & 0xFF : END;
    }

    private JsonParseException malformed(String what) {
        return new JsonParseException(null, what + ", at byte " + at);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
