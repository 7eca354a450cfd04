package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that Partner Center offers. Immutable and thread-safe. */
public final class Link extends JsonView {

    private static final String VERSION = "/v1";

    Link(JsonValue document) {
        super(document);
    }

    /**
     * Text, always: relative to {@code {api}/v1}, sometimes with {@code /v1} or a query, in old
     * orders not a URI at all. See {@link #resolve(URI)}.
     */
    public Optional<String> uri() {
        return text("uri");
    }

    /** HTTP method as text, always. */
    public Optional<String> method() {
        return text("method");
    }

    /** Array, always, empty in every answer seen; empty when absent. */
    public List<Header> headers() {
        return objects("headers", Header::new);
    }

    /** Text, optional. */
    public Optional<String> body() {
        return text("body");
    }

    /**
     * The absolute form of {@link #uri()}, with {@code /v1} in front unless it is there already.
     *
     * @param apiUrl origin of the API, such as {@code https://api.partnercenter.microsoft.com}
     * @return empty when there is no URI, when it is malformed, or when it leads to another origin,
     *     which must not get a token of ours
     */
    public Optional<URI> resolve(URI apiUrl) {
        return uri().flatMap(Link::parse)
                .map(link -> apiUrl.resolve("/").resolve(link).normalize())
                .filter(target -> isSameOrigin(target, apiUrl))
                .map(target -> apiUrl.resolve(versioned(target.getRawPath()) + query(target)));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return isSame(one.getScheme(), other.getScheme())
                && isSame(one.getRawAuthority(), other.getRawAuthority());
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static String versioned(String path) {
        return path.equals(VERSION) || path.startsWith(VERSION + "/") ? path : VERSION + path;
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    /** A request header that the call needs. Immutable and thread-safe. */
    public static final class Header extends JsonView {

        Header(JsonValue document) {
            super(document);
        }

        /** Text: the header's name. */
        public Optional<String> key() {
            return text("key");
        }

        /** Text: the header's value. */
        public Optional<String> value() {
            return text("value");
        }
    }
}
