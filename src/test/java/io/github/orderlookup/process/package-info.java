/**
 * Processes that tests and the demo start beside themselves. Start at {@code JavaCommand}; the
 * packaged jar is at {@code JarProcess}.
 */
@NullMarked
package io.github.orderlookup.process;

import org.jspecify.annotations.NullMarked;
