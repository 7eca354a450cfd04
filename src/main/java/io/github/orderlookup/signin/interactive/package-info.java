/**
 * Signs a partner user in anew, at a browser or with a device code, and stores the refresh token.
 * Start at {@link io.github.orderlookup.signin.interactive.InteractiveSignIn}.
 */
@NullMarked
package io.github.orderlookup.signin.interactive;

import org.jspecify.annotations.NullMarked;
