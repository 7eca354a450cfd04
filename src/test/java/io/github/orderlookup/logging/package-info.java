/** Tests of what our own main adds to the log. */
@NullMarked
package io.github.orderlookup.logging;

import org.jspecify.annotations.NullMarked;
