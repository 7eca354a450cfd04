/**
 * The packaged jar as a running service between a broker and the simulator, and its tests from the
 * outside. Start at {@code RunningService}.
 */
@NullMarked
package io.github.orderlookup.service;

import org.jspecify.annotations.NullMarked;
