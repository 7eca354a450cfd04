/** The time of the tests: it passes when a test says so. */
@NullMarked
package io.github.orderlookup.time;

import org.jspecify.annotations.NullMarked;
