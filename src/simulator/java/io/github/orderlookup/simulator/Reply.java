package io.github.orderlookup.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A whole answer as a value; its {@code Content-Length} is that of the body. */
public record Reply(int status, List<Header> headers, byte[] body) {

    static Reply of(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, List.of(new Header("Content-Type", contentType)), body);
    }

    static Reply json(int status, String text) {
        return of(status, "application/json; charset=utf-8", text);
    }

    /** An answer with neither a body nor a content type. */
    static Reply empty(int status) {
        return new Reply(status, List.of(), new byte[0]);
    }

    Reply with(String name, String value) {
        return with(List.of(new Header(name, value)));
    }

    Reply with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Reply(status, List.copyOf(all), body);
    }

    Reply withBody(byte[] other) {
        return new Reply(status, headers, other);
    }
}
