/**
 * What the HTTP clients of the API and of the login host have in common: connections, proxies,
 * deadlines, and answers that are whole or refused. Start at {@link
 * io.github.orderlookup.http.HttpTransport}.
 */
@NullMarked
package io.github.orderlookup.http;

import org.jspecify.annotations.NullMarked;
