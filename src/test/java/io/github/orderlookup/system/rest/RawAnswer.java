package io.github.orderlookup.system.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.simulator.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An answer as it came.
 *
 * @param headers every header line in its order
 */
public record RawAnswer(int status, List<Header> headers, byte[] body) {

    static final String PROBLEM = "application/problem+json";
    static final String BLANK = "about:blank";

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** The names of all header lines in lower case. */
    public List<String> headerNames() {
        return headers.stream().map(header -> header.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** The values by name. */
    Map<String, List<String>> values() {
        return headers.stream()
                .collect(
                        Collectors.groupingBy(
                                Header::name,
                                Collectors.mapping(Header::value, Collectors.toList())));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The member {@code type} of a problem. */
    String type() {
        return json().path("type").asText();
    }
}
