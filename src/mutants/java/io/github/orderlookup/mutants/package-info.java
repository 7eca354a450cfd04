/**
 * Shows that the tests of the invariants can fail: each protection is taken out in turn, and the
 * tests that {@code docs/invariants.md} names for it must fail. Start at {@link
 * io.github.orderlookup.mutants.Mutants}.
 */
package io.github.orderlookup.mutants;
