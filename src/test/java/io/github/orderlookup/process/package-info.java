/**
 * Processes that tests and the demo start beside themselves. Start at {@code JavaCommand}; the
 * packaged jar is at {@code JarProcess}, what it starts quickly with at {@code ClassArchive}.
 */
@NullMarked
package io.github.orderlookup.process;

import org.jspecify.annotations.NullMarked;
