/** Start, settings, logs, metrics and end of the process. Start at {@code StartIT}. */
@NullMarked
package io.github.orderlookup.system.lifecycle;

import org.jspecify.annotations.NullMarked;
