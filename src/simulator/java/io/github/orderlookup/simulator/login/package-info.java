/** The token endpoint of Entra ID. Start at {@code TokenEndpoint}. */
@NullMarked
package io.github.orderlookup.simulator.login;

import org.jspecify.annotations.NullMarked;
