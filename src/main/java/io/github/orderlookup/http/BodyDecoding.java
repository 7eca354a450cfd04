package io.github.orderlookup.http;

import io.github.orderlookup.memory.MemoryClaim;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a body that begins as gzip does, which no JSON does. {@code Content-Encoding} is
 * ignored: gateways name codings that do not exist and omit the one that is used. Pure.
 */
final class BodyDecoding {

    /** Gzip within gzip has been seen. */
    private static final int MOST_LAYERS = 2;

    private BodyDecoding() {}

    /**
     * The decompressed body; the body itself when it is not compressed with gzip.
     *
     * @param most the most bytes of the result
     * @param claim accounts for its memory
     * @throws ResponseTooLargeException when it would be more
     * @throws java.io.EOFException when the body is cut short
     * @throws java.util.zip.ZipException when it is damaged
     */
    static byte[] decode(byte[] body, int most, MemoryClaim claim) throws IOException {
        byte[] decoded = body;
        for (int layer = 0; layer < MOST_LAYERS && isGzip(decoded); layer++) {
            decoded = unzip(decoded, most, claim);
        }
        return decoded;
    }

    private static boolean isGzip(byte[] body) {
        return body.length >= 2 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
    }

    /** The size in the last four bytes, modulo 2^32: a hint that may be wrong. */
    private static long announced(byte[] body) {
        if (body.length < Integer.BYTES) {
            return 0;
        }
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(body)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(body.length - Integer.BYTES));
    }

    private static byte[] unzip(byte[] body, int most, MemoryClaim claim) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            byte[] decoded = claim.read(in, announced(body), most + 1);
            if (decoded.length > most) {
                throw new ResponseTooLargeException(most);
            }
            return decoded;
        }
    }
}
