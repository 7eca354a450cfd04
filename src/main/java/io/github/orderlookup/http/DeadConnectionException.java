package io.github.orderlookup.http;

import java.io.InterruptedIOException;

/**
 * No byte arrived in time over a connection that had been idle before: most likely a firewall or
 * load balancer has dropped it. That says nothing about the remote service.
 */
public final class DeadConnectionException extends InterruptedIOException {

    private static final long serialVersionUID = 1L;

    public DeadConnectionException(Throwable cause) {
        super("No answer came over a connection that had been idle");
        initCause(cause);
    }
}
