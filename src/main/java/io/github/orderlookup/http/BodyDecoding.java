package io.github.orderlookup.http;

import io.github.orderlookup.memory.MemoryClaim;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a body by what its bytes are. {@code Content-Encoding} is not asked: gateways claim
 * codings that are none, and leave out the one that is there. No JSON begins as gzip does. Pure.
 */
final class BodyDecoding {

    /** Gzip in gzip is as far as anybody goes. */
    private static final int MOST_LAYERS = 2;

    private BodyDecoding() {}

    /**
     * The decompressed body; the body itself when it is not compressed with gzip.
     *
     * @param most the most bytes that may come of it
     * @throws ResponseTooLargeException when it would be more
     * @throws java.io.EOFException when the body is cut short
     * @throws java.util.zip.ZipException when it is damaged
     */
    static byte[] decode(byte[] body, int most) throws IOException {
        return decode(body, most, MemoryClaim.unlimited());
    }

    /**
     * The same.
     *
     * @param claim where the memory comes from
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

    /** What the last four bytes say of the size, modulo 2^32; nobody is bound by it. */
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
