/**
 * The share of the heap that answers may take, claimed before they are read. Start at {@code
 * ResponseMemory}.
 */
@NullMarked
package io.github.orderlookup.memory;

import org.jspecify.annotations.NullMarked;
