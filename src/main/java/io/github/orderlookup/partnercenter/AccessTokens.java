package io.github.orderlookup.partnercenter;

import io.github.orderlookup.settings.PartnerCenterSettings;

/**
 * The bearer token for the Partner Center API, kept fresh. Any number of callers share one token
 * and one token request. Thread-safe; made for virtual threads too.
 */
public interface AccessTokens {
    /**
     * The bearer token for the API. Returns at once while a token is valid; waits while the first
     * token request, or the one after an expiry, is under way.
     *
     * @throws SignInException if there is no valid token and none can be had now. After a failed
     *     token request every caller gets its failure at once, until the next attempt is due
     */
    String current() throws SignInException;

    /**
     * The API answered 401 to this token: it is not handed out again, and the next call of {@link
     * #current()} asks for a new one, once for all who met the 401. A token that has been replaced
     * meanwhile is ignored.
     */
    void reject(String token);

    /** How it stands with the token and its renewal. */
    default TokenFigures figures() {
        return TokenFigures.NONE;
    }

    /**
     * Tokens of the login host, tenant and application that the settings name. Asks for none yet.
     */
    static AccessTokens of(PartnerCenterSettings settings) {
        return SignInAssembly.accessTokens(settings);
    }
}
