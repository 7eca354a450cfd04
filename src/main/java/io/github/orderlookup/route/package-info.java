/** What the steps of the routes have in common, whichever door they belong to. */
@NullMarked
package io.github.orderlookup.route;

import org.jspecify.annotations.NullMarked;
