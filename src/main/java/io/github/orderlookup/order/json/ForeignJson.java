package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * How Jackson reads JSON that comes from outside. The length of texts, names and numbers has no
 * limit of its own, since that of the document has one. Names are neither interned nor kept in the
 * table that all parsers share: it would keep those of foreign documents, of whatever length, and
 * refuse a document whose names collide.
 */
public final class ForeignJson {

    private ForeignJson() {}

    /**
     * Reads a document of any length.
     *
     * @param maxDepth how deep objects and arrays may nest
     */
    public static JsonFactoryBuilder builder(int maxDepth) {
        return builder(maxDepth, -1);
    }

    /**
     * Reads a document up to a length.
     *
     * @param maxLength of a document; zero or less for no limit
     */
    public static JsonFactoryBuilder builder(int maxDepth, long maxLength) {
        JsonFactoryBuilder builder = new JsonFactoryBuilder();
        builder.streamReadConstraints(
                StreamReadConstraints.builder()
                        .maxDocumentLength(maxLength)
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build());
        builder.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
        builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        return builder;
    }
}
