package io.github.orderlookup.settings;

/** On whose behalf tokens are asked for. */
public enum AuthMode {
    /** The application itself: client credentials. */
    APP_ONLY,

    /** A user of the partner who consented once: refresh token (Secure Application Model). */
    APP_USER
}
