package io.github.orderlookup.http;

import java.io.IOException;

/** A call that we ended ourselves, since the process stops: it says nothing about the order. */
public final class CallAbandonedException extends IOException {

    private static final long serialVersionUID = 1L;

    CallAbandonedException() {
        super("The call was ended because the process stops");
    }
}
