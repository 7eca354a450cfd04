/**
 * Whether each worker of the process makes progress: poll thread, publishing, sign-in, timer, HTTP
 * servers. Start at {@code Supervisor}.
 */
@NullMarked
package io.github.orderlookup.supervision;

import org.jspecify.annotations.NullMarked;
