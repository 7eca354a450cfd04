package io.github.orderlookup.signin;

/**
 * Is notified of access tokens, on the thread on which it happens and without a lock held. No
 * method may block or throw.
 */
public interface TokenListener {
    TokenListener NONE = new TokenListener() {};

    /** The login host issued a token; it is handed out from now on. */
    default void onTokenIssued() {}

    /** The API accepted the token of a call, whatever else it answered. */
    default void onTokenAccepted() {}
}
