package io.github.orderlookup.order;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.Optional;

/**
 * The bytes of a document as they came, without the byte-order mark: they are written again as they
 * are. A parser carries them as the current value of its root.
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
record DocumentText(byte[] utf8) {

    /** That of the document whose root object the parser has just entered. */
    static Optional<DocumentText> of(JsonParser parser) {
        JsonStreamContext root = parser.getParsingContext().getParent();
        return root != null && root.inRoot() && root.getCurrentValue() instanceof DocumentText text
                ? Optional.of(text)
                : Optional.empty();
    }
}
