/**
 * Partner Center and Entra ID in a small process of our own, for tests, the demo and the benchmark.
 * Start at {@link io.github.orderlookup.simulator.Simulator}.
 */
@NullMarked
package io.github.orderlookup.simulator;

import org.jspecify.annotations.NullMarked;
