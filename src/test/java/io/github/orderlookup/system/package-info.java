/**
 * The packaged jar as a process between a broker and the simulator: the harness of its tests, which
 * lie beneath by subject. Start at {@code RunningService}.
 */
@NullMarked
package io.github.orderlookup.system;

import org.jspecify.annotations.NullMarked;
