package io.github.orderlookup.signin;

import java.io.IOException;

/** The token request under way takes longer than a call may hold its slot for it. */
public final class TokenPendingException extends IOException {

    private static final long serialVersionUID = 1L;

    public TokenPendingException() {
        super("No access token yet");
    }
}
