/**
 * The clock that measures durations, and comparisons of durations. Start at {@code MonotonicClock}.
 */
@NullMarked
package io.github.orderlookup.time;

import org.jspecify.annotations.NullMarked;
