/**
 * Where settings come from: file, system properties, environment variables, placeholders. Start at
 * {@link io.github.orderlookup.settings.source.Configuration}.
 */
@NullMarked
package io.github.orderlookup.settings.source;

import org.jspecify.annotations.NullMarked;
