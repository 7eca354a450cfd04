/**
 * The checks of the sign-in: the token, its claims, and the token store. Start at {@link
 * io.github.orderlookup.cli.check.signin.TokenCheck}.
 */
@NullMarked
package io.github.orderlookup.cli.check.signin;

import org.jspecify.annotations.NullMarked;
