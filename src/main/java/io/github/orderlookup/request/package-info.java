/**
 * Reads and validates what is asked, from JSON or from a map. Start at {@link
 * io.github.orderlookup.request.RequestReader}.
 */
@NullMarked
package io.github.orderlookup.request;

import org.jspecify.annotations.NullMarked;
