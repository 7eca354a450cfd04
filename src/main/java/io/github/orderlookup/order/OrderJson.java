package io.github.orderlookup.order;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How Order documents are read and written: strictly, within limits, and without loss.
 *
 * <p>Fails, always with a {@link JsonProcessingException}: a document of more than 16 MiB (before
 * decoding, the byte-order mark included), nesting deeper than 100, bytes that are not UTF-8, a
 * root that is no object, duplicate members, anything but white space after the root. A byte-order
 * mark in front of bytes is accepted, as Partner Center sends one. The length of texts, names and
 * numbers has no limit of its own. Messages quote nothing of the document but its structure.
 */
public final class OrderJson {

    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
    private static final int MAX_NESTING_DEPTH = 100;

    private static final ObjectReader READER = mapper().readerFor(Order.class);
    private static final ObjectWriter WRITER = mapper().writerFor(Order.class);

    private OrderJson() {}

    /**
     * A new mapper for Order documents with the limits above. Making one is expensive: keep it. It
     * is thread-safe as long as nobody configures it further.
     */
    public static ObjectMapper mapper() {
        return JsonMapper.builder(factory())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads one document.
     *
     * @throws JsonProcessingException when it breaks one of the rules above
     */
    public static Order read(byte[] document) throws JsonProcessingException {
        try {
            return READER.readValue(document);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * The document as UTF-8 without a byte-order mark: the bytes that were read, white space
     * included, or without white space if it was read as a part of something larger.
     */
    public static byte[] write(Order order) {
        return order.bytes().orElseGet(() -> serialize(order));
    }

    private static byte[] serialize(Order order) {
        try {
            return WRITER.writeValueAsBytes(order);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static JsonFactory factory() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder()
                        .maxDocumentLength(MAX_DOCUMENT_BYTES)
                        .maxNestingDepth(MAX_NESTING_DEPTH)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build();
        ErrorReportConfiguration noContent =
                ErrorReportConfiguration.builder().maxErrorTokenLength(0).build();
        JsonFactoryBuilder builder = new JsonFactoryBuilder();
        builder.streamReadConstraints(limits).errorReportConfiguration(noContent);
        // The shared symbol table would keep the names of foreign documents, of whatever length,
        // and refuse a document whose names collide.
        builder.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
        // Jackson's own parser for bytes fails on names with an escaped surrogate pair.
        builder.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        return new StrictUtf8JsonFactory(builder);
    }
}
