/**
 * What the command {@code check} looks at, each thing in a class of its own. Start at {@code
 * Check}, which lists them in their order.
 */
@NullMarked
package io.github.orderlookup.cli.check;

import org.jspecify.annotations.NullMarked;
