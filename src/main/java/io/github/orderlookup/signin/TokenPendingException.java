package io.github.orderlookup.signin;

import java.io.IOException;

/** A token is being fetched, which takes longer than a call may hold its slot for that. */
public final class TokenPendingException extends IOException {

    private static final long serialVersionUID = 1L;

    public TokenPendingException() {
        super("No access token yet");
    }
}
