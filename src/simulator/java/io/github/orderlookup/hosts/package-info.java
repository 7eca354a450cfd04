/** What the host applications of {@code src/it} need around them. Start at {@code Surroundings}. */
@NullMarked
package io.github.orderlookup.hosts;

import org.jspecify.annotations.NullMarked;
