/**
 * The steps and expressions that the routes of all sources share. Start at {@code ValidateRequest}.
 */
@NullMarked
package io.github.orderlookup.route;

import org.jspecify.annotations.NullMarked;
