package io.github.orderlookup.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * An output of UTF-8 text to a log or terminal, in which nothing passes that does not print as
 * itself but tabs and ends of lines: it is written as {@code \\u} and four hexadecimal digits,
 * which inside a text of JSON means the same character. It applies to the output of libraries and
 * to stack traces as well.
 *
 * <p>Thread-safe as the stream of {@link #over} is, which holds a lock while it writes.
 */
public final class VisibleOutput extends OutputStream {

    private final PrintStream out;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character whose end has not been written yet. */
    private byte[] begun = {};

    private VisibleOutput(PrintStream out) {
        this.out = out;
    }

    /** Such an output in front of another, flushed with each line. */
    public static PrintStream over(PrintStream out) {
        return new PrintStream(new VisibleOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (begun.length == 0 && isPlain(bytes, offset, length)) {
            out.write(bytes, offset, length);
            return;
        }
        ByteBuffer utf8 = ByteBuffer.allocate(begun.length + length);
        utf8.put(begun).put(bytes, offset, length).flip();
        CharBuffer text = CharBuffer.allocate(utf8.remaining());
        decoder.reset().decode(utf8, text, false);
        begun = new byte[utf8.remaining()];
        utf8.get(begun);
        out.write(VisibleText.inJson(text.flip().toString()).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte next = bytes[i];
            boolean isSpace = next == '\t' || next == '\n' || next == '\r';
            if (!isSpace && (next < ' ' || next == 0x7F)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void flush() {
        out.flush();
    }
}
