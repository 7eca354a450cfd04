package io.github.orderlookup.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it arrived.
 *
 * @param uri path and query as on the wire, nothing decoded
 * @param headers every header line in its order
 */
public record Received(Instant at, String method, String uri, List<Header> headers, String body) {

    private static final String BEARER = "Bearer ";

    static Received of(HttpServerRequest request, Buffer body, Instant at) {
        List<Header> headers =
                request.headers().entries().stream()
                        .map(entry -> new Header(entry.getKey(), entry.getValue()))
                        .toList();
        return new Received(at, request.method().name(), request.uri(), headers, body.toString());
    }

    /** The path as on the wire. */
    public String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The query parameters, decoded. Of duplicates the last wins. */
    public Map<String, String> query() {
        int query = uri.indexOf('?');
        return query < 0 ? Map.of() : pairs(uri.substring(query + 1));
    }

    /** The body read as a form. Of duplicates the last wins. */
    public Map<String, String> form() {
        return pairs(body);
    }

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The access token that came along. */
    public Optional<String> bearer() {
        return header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                pairs.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
