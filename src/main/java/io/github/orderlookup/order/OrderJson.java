package io.github.orderlookup.order;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.orderlookup.order.json.ForeignJson;
import io.github.orderlookup.order.json.StrictJson;
import io.github.orderlookup.order.json.StrictUtf8JsonFactory;
import java.util.Arrays;

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

    /**
     * Bytes of heap that a byte of a document may take while it is read: itself, a copy without the
     * byte-order mark, and the names of its members. Afterwards it takes one.
     */
    public static final int MEMORY_PER_BYTE = 5;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private OrderJson() {}

    /**
     * A new mapper for Order documents with the limits above. Making one is expensive: keep it. It
     * is thread-safe as long as it is not configured further.
     */
    public static ObjectMapper mapper() {
        return JsonMapper.builder(factory())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads one document.
     *
     * @param document copied
     * @throws JsonProcessingException when it breaks one of the rules above
     */
    public static Order read(byte[] document) throws JsonProcessingException {
        return readUncopied(document.clone());
    }

    /**
     * Reads one document without a copy, unless it begins with a byte-order mark.
     *
     * @param document must not be changed any more
     * @throws JsonProcessingException when it breaks one of the rules above
     */
    public static Order readUncopied(byte[] document) throws JsonProcessingException {
        if (document.length > MAX_DOCUMENT_BYTES) {
            throw new StreamConstraintsException("The document is larger than 16 MiB");
        }
        int mark = Arrays.mismatch(document, BYTE_ORDER_MARK);
        boolean isMarked = mark == BYTE_ORDER_MARK.length || (mark < 0 && document.length > 0);
        return of(isMarked ? Arrays.copyOfRange(document, 3, document.length) : document);
    }

    /** The order in a document of any length without a byte-order mark; it is not copied. */
    static Order of(byte[] document) throws JsonProcessingException {
        return new Order(StrictJson.check(document));
    }

    /**
     * The document as UTF-8 without a byte-order mark: the bytes that were read, white space
     * included. What Jackson read as a part of something larger is written anew, in ASCII.
     *
     * @return a new array
     */
    public static byte[] write(Order order) {
        return bytes(order).clone();
    }

    /**
     * As {@link #write}, without a copy.
     *
     * @return the array that the order reads from: it must not be changed
     */
    public static byte[] bytes(Order order) {
        return order.document().document();
    }

    private static JsonFactory factory() {
        JsonFactoryBuilder builder = ForeignJson.builder(StrictJson.MAX_DEPTH, MAX_DOCUMENT_BYTES);
        // Messages quote nothing of the content.
        builder.errorReportConfiguration(
                ErrorReportConfiguration.builder().maxErrorTokenLength(0).build());
        // Jackson's own parser for bytes fails on names with an escaped surrogate pair.
        builder.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        return new StrictUtf8JsonFactory(builder);
    }
}
