package io.github.orderlookup.partnercenter;

import java.io.IOException;

/** A token is being fetched, which takes longer than a call may hold its slot for that. */
final class TokenPendingException extends IOException {

    private static final long serialVersionUID = 1L;

    TokenPendingException() {
        super("No access token yet");
    }
}
