package io.github.orderlookup.signin.entra;

import io.github.orderlookup.settings.Secret;
import java.net.URI;

/**
 * An authorization code, and what proves that we asked for it.
 *
 * @param redirectUri where it was sent
 * @param verifier of PKCE (RFC 7636)
 */
public record CodeGrant(Secret code, URI redirectUri, Secret verifier) {}
