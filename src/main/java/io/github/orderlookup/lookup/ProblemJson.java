package io.github.orderlookup.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes problems as JSON: the components of a record in their order, without those of null. */
public final class ProblemJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    private ProblemJson() {}

    /**
     * A record as a JSON object in UTF-8. Goes by way of text because the generator for bytes
     * refuses half a surrogate pair, which a remote text may hold; as bytes it becomes a question
     * mark.
     *
     * @return a new array
     */
    public static byte[] of(Record members) {
        try {
            return JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A JSON text could not be written to memory", e);
        }
    }
}
