package io.github.orderlookup.signin;

/** Whether the user of a token signed in with multifactor authentication. */
public enum Mfa {
    USED,
    NOT_USED,
    /** The token does not say, or is no user's. */
    UNKNOWN
}
