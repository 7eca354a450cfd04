/**
 * Access tokens for the Partner Center API: kept fresh, one request for all callers, with the
 * refresh token on disk. Start at {@link io.github.orderlookup.signin.AccessTokens}.
 */
@NullMarked
package io.github.orderlookup.signin;

import org.jspecify.annotations.NullMarked;
