/**
 * Workarounds for Camel: settings that it would ignore, log or misread, header names that it would
 * change, and versions that lack features. Start at {@link
 * io.github.orderlookup.camel.CamelSettings}.
 */
@NullMarked
package io.github.orderlookup.camel;

import org.jspecify.annotations.NullMarked;
