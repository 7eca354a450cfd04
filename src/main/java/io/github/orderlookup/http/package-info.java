/**
 * The HTTP transport of the API's and the login host's client: connections, proxies, deadlines, and
 * responses that are buffered whole or fail. Start at {@link
 * io.github.orderlookup.http.HttpTransport}.
 */
@NullMarked
package io.github.orderlookup.http;

import org.jspecify.annotations.NullMarked;
