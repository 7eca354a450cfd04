/** The REST endpoint: API keys, requests from paths, and answers. Start at {@code RestRequests}. */
@NullMarked
package io.github.orderlookup.rest;

import org.jspecify.annotations.NullMarked;
