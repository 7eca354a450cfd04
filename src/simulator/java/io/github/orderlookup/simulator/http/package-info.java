/** HTTP servers, certificates and whole or broken answers. Start at {@code Origin}. */
@NullMarked
package io.github.orderlookup.simulator.http;

import org.jspecify.annotations.NullMarked;
