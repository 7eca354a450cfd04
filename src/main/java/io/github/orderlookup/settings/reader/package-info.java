/**
 * Reads the settings from their sources by their formats, and collects all errors for one message.
 * Start at {@link io.github.orderlookup.settings.reader.SettingsReader}.
 */
@NullMarked
package io.github.orderlookup.settings.reader;

import org.jspecify.annotations.NullMarked;
