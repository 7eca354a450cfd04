package io.github.orderlookup.memory;

import java.io.IOException;

/** A response was not read to its end for want of memory. */
public final class NoMemoryException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoMemoryException() {
        super("There is no memory for the answer now");
    }
}
