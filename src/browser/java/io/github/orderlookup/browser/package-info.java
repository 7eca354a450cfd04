/** The console in a real browser: mvn -Pbrowser verify. Start at {@code ConsoleBrowserIT}. */
@NullMarked
package io.github.orderlookup.browser;

import org.jspecify.annotations.NullMarked;
