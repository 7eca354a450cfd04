package io.github.orderlookup.simulator.http;

import io.github.orderlookup.simulator.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A whole answer as a value; its {@code Content-Length} is that of the body. */
public record Reply(int status, List<Header> headers, byte[] body) {

    public static Reply of(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, List.of(new Header("Content-Type", contentType)), body);
    }

    public static Reply json(int status, String text) {
        return of(status, "application/json; charset=utf-8", text);
    }

    /** An answer with neither a body nor a content type. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), new byte[0]);
    }

    public Reply with(String name, String value) {
        return with(List.of(new Header(name, value)));
    }

    public Reply with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Reply(status, List.copyOf(all), body);
    }

    public Reply withBody(byte[] other) {
        return new Reply(status, headers, other);
    }
}
