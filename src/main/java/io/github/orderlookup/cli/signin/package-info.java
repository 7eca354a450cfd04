/**
 * What the command {@code sign-in} does at the terminal and at the browser. Start at {@link
 * io.github.orderlookup.cli.signin.SignInSession}.
 */
@NullMarked
package io.github.orderlookup.cli.signin;

import org.jspecify.annotations.NullMarked;
