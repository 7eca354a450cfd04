package io.github.orderlookup.http;

import java.io.IOException;

/** The service ended the call because the process stops: no statement about the order. */
public final class CallAbandonedException extends IOException {

    private static final long serialVersionUID = 1L;

    public CallAbandonedException() {
        super("The call was ended because the process stops");
    }
}
