/**
 * A seeded simulation of the core in virtual time: offset tracker, admission, sign-in and
 * publishing under random neighbours. Start at {@code SimulationTest}.
 */
@NullMarked
package io.github.orderlookup.simulation;

import org.jspecify.annotations.NullMarked;
