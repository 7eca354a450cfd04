package io.github.orderlookup.classification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers for tests, with bodies from the test resources or from text. */
public final class Answers {

    private Answers() {}

    public static UpstreamResponse of(int status, String body) {
        return of(status, Map.of(), body);
    }

    static UpstreamResponse of(int status, Map<String, String> headers, String body) {
        return of(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static UpstreamResponse ofResource(int status, String name) {
        return of(status, Map.of(), resource(name));
    }

    static UpstreamResponse of(int status, Map<String, String> headers, byte[] body) {
        Map<String, List<String>> lists =
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
        return new UpstreamResponse(status, lists, body);
    }

    static byte[] resource(String name) {
        try (InputStream in = Answers.class.getResourceAsStream("/errors/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
