/** The pages of the REST endpoint for people. Start at {@code RestConsole}. */
@NullMarked
package io.github.orderlookup.rest.console;

import org.jspecify.annotations.NullMarked;
