/**
 * The share of the heap that responses may take, claimed before they are read. Start at {@code
 * ResponseMemory}.
 */
@NullMarked
package io.github.orderlookup.memory;

import org.jspecify.annotations.NullMarked;
