package io.github.orderlookup.http;

import java.io.IOException;

/** The body of a response, decompressed, exceeds the limit. */
public final class ResponseTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public ResponseTooLargeException(long limit) {
        super("The answer is larger than " + limit + " bytes");
    }
}
