/**
 * Runs the stress tests of {@code src/jcstress}, which let threads meet in what {@code
 * docs/invariants.md} states. Start at {@link io.github.orderlookup.stress.StressTests}.
 */
package io.github.orderlookup.stress;
