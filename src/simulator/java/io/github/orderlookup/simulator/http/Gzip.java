package io.github.orderlookup.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bodies under {@code Content-Encoding: gzip}. */
public final class Gzip {

    private Gzip() {}

    public static byte[] of(byte[] body) {
        return compress(out -> out.write(body));
    }

    /** So many MiB of blanks, a thousandth of that on the wire. */
    public static byte[] bomb(int mebibytes) {
        byte[] blanks = new byte[1024 * 1024];
        Arrays.fill(blanks, (byte) ' ');
        return compress(
                out -> {
                    for (int i = 0; i < mebibytes; i++) {
                        out.write(blanks);
                    }
                });
    }

    private static byte[] compress(Content content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
