/**
 * The files of {@code routes/} as documents: valid, and written the way they are agreed to be.
 * Start at {@code RouteConventionsTest}.
 */
@NullMarked
package io.github.orderlookup.routes;

import org.jspecify.annotations.NullMarked;
