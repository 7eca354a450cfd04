package io.github.orderlookup.http;

import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.memory.NoMemoryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads the body of a response into memory and decompresses it. An error response whose body is too
 * large or cannot be decompressed counts without its body. Thread-safe.
 *
 * @param maxBytes of a body, decompressed
 */
record BodyReader(int maxBytes) {

    /** They describe the body as it was sent. */
    private static final List<String> BODY_HEADERS =
            List.of("Content-Encoding", "Content-Length", "Transfer-Encoding");

    /**
     * Replaces the entity of the response by one in memory.
     *
     * @param connection is discarded when the body is not read to its end
     * @throws ResponseTooLargeException when the body of a 200 is too large
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
            return BodyDecoding.decode(body, maxBytes, claim);
        } catch (NoMemoryException e) {
            throw e;
        } catch (IOException unreadable) {
            if (needed) {
                throw unreadable;
            }
            return new byte[0];
        }
    }
}
