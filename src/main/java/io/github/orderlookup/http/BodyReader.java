package io.github.orderlookup.http;

import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.memory.NoMemoryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads the body of a response into memory and decompresses it. An error response whose body is too
 * large or cannot be decompressed counts without its body.
 *
 * <p>A body is decompressed that begins as gzip does, which no JSON does. {@code Content-Encoding}
 * is ignored: gateways name codings that do not exist and omit the one that is used. Thread-safe.
 *
 * @param maxBytes of a body, decompressed
 */
record BodyReader(int maxBytes) {

    /** Gzip within gzip has been seen. */
    private static final int MOST_LAYERS = 2;

    /** They describe the body as it was sent. */
    private static final List<String> BODY_HEADERS =
            List.of("Content-Encoding", "Content-Length", "Transfer-Encoding");

    /**
     * Replaces the entity of the response by one in memory.
     *
     * @param connection is discarded when the body is not read to its end
     * @throws ResponseTooLargeException when the body of a 200 is too large
     * @throws java.io.EOFException when the body of a 200 is cut short
     * @throws java.util.zip.ZipException when the body of a 200 is damaged
     */
    void buffer(ClassicHttpResponse response, ExecRuntime connection, MemoryClaim claim)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return;
        }
        boolean needed = response.getCode() == HttpStatus.SC_OK;
        byte[] body = decode(needed, read(entity, needed, connection, claim), claim);
        claim.settle(body.length);
        BODY_HEADERS.forEach(response::removeHeaders);
        response.setEntity(new ByteArrayEntity(body, null));
    }

    private byte[] read(
            HttpEntity entity, boolean needed, ExecRuntime connection, MemoryClaim claim)
            throws IOException {
        InputStream content = entity.getContent();
        boolean complete = false;
        try {
            byte[] body = claim.read(content, entity.getContentLength(), maxBytes + 1);
            complete = body.length <= maxBytes;
            if (!complete && needed) {
                throw new ResponseTooLargeException(maxBytes);
            }
            return complete ? body : new byte[0];
        } finally {
            if (complete) {
                content.close();
            } else {
                // Closing the stream of a live connection would first read the rest of it.
                connection.discardEndpoint();
            }
        }
    }

    private byte[] decode(boolean needed, byte[] body, MemoryClaim claim) throws IOException {
        try {
            byte[] decoded = body;
            for (int layer = 0; layer < MOST_LAYERS && isGzip(decoded); layer++) {
                decoded = unzip(decoded, claim);
            }
            return decoded;
        } catch (NoMemoryException e) {
            throw e;
        } catch (IOException unreadable) {
            if (needed) {
                throw unreadable;
            }
            return new byte[0];
        }
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

    private byte[] unzip(byte[] body, MemoryClaim claim) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            byte[] decoded = claim.read(in, announced(body), maxBytes + 1);
            if (decoded.length > maxBytes) {
                throw new ResponseTooLargeException(maxBytes);
            }
            return decoded;
        }
    }
}
