/**
 * Holds the libraries against published security advisories, without a network. Start at {@code
 * AdvisoriesTest}.
 */
@NullMarked
package io.github.orderlookup.advisories;

import org.jspecify.annotations.NullMarked;
