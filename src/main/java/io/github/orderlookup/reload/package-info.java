/**
 * Values that are read from files, and read again when the files change. Start at {@link
 * io.github.orderlookup.reload.FileValue}.
 */
@NullMarked
package io.github.orderlookup.reload;

import org.jspecify.annotations.NullMarked;
