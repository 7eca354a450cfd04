package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.text.Guids;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a REST request without what its query has added.
 *
 * <p>The HTTP consumer puts query parameters behind the headers of the same name, and makes headers
 * of those that have no such header: a key in a query must not be accepted.
 */
public final class RequestHeaders {

    private final Message message;
    private final String query;

    public RequestHeaders(Message message) {
        this.message = message;
        this.query = message.getHeader(Exchange.HTTP_QUERY, "", String.class);
    }

    /** The value of a header that was sent once; null for none, and for several. */
    @Nullable String single(String name) {
        Object value = message.getHeader(name);
        List<?> all = value instanceof List<?> list ? list : Stream.ofNullable(value).toList();
        long sent = all.size() - parameters(name);
        return sent == 1 ? String.valueOf(all.get(0)) : null;
    }

    /** That of the request, or a new one. */
    public String correlationId() {
        return Guids.correlationId(single(HeaderNames.CORRELATION_ID));
    }

    /** Whether the request has one of these keys, or needs none. */
    public boolean isAdmitted(ApiKeys keys) {
        return keys.admit(single("Authorization"), single(HeaderNames.API_KEY));
    }

    /** What follows the last slash of the path, as it was sent. */
    public String file() {
        String path = message.getHeader(Exchange.HTTP_URI, "", String.class).split("[?]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private long parameters(String name) {
        return query.isEmpty()
                ? 0
                : Stream.of(query.split("[&;]"))
                        .map(RequestHeaders::name)
                        .filter(name::equalsIgnoreCase)
                        .count();
    }

    private static String name(String parameter) {
        String name = parameter.split("=", 2)[0];
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
