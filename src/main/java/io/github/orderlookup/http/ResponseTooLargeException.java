package io.github.orderlookup.http;

import java.io.IOException;

/** The body of an answer is larger, once decompressed, than a body may be. */
public final class ResponseTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ResponseTooLargeException(long limit) {
        super("The answer is larger than " + limit + " bytes");
    }
}
