/**
 * Makes the class cache with which a JVM starts the service in less time: a training run against
 * the simulator, then the dump. Start at {@code ClassCache}.
 */
@NullMarked
package io.github.orderlookup.simulator.cache;

import org.jspecify.annotations.NullMarked;
