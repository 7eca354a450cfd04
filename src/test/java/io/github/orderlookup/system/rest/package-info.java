/** Requests over HTTP. Start at {@code RestOrdersIT}. */
@NullMarked
package io.github.orderlookup.system.rest;

import org.jspecify.annotations.NullMarked;
