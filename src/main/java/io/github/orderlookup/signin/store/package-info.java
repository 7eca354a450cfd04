/**
 * The file that keeps the refresh token, shared by processes. Start at {@link
 * io.github.orderlookup.signin.store.TokenStore}.
 */
@NullMarked
package io.github.orderlookup.signin.store;

import org.jspecify.annotations.NullMarked;
