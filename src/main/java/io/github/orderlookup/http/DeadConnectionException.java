package io.github.orderlookup.http;

import java.io.InterruptedIOException;

/**
 * No byte came in time over a connection that had been idle before: most likely something in
 * between has dropped it without a word. That says nothing of the service.
 */
public final class DeadConnectionException extends InterruptedIOException {

    private static final long serialVersionUID = 1L;

    DeadConnectionException(Throwable cause) {
        super("No answer came over a connection that had been idle");
        initCause(cause);
    }
}
