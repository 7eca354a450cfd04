/** Tests of the supervision, with a clock of their own. */
@NullMarked
package io.github.orderlookup.supervision;

import org.jspecify.annotations.NullMarked;
