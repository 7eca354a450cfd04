package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.IOContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes bytes as UTF-8 before they are parsed. Jackson's own decoding lets overlong forms and
 * encoded surrogates pass, guesses UTF-16 and UTF-32, and counts the length of streams only.
 */
public final class StrictUtf8JsonFactory extends JsonFactory {

    private static final long serialVersionUID = 1L;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public StrictUtf8JsonFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    private StrictUtf8JsonFactory(StrictUtf8JsonFactory source) {
        super(source, source.getCodec());
    }

    @Override
    public JsonFactory copy() {
        return new StrictUtf8JsonFactory(this);
    }

    @Override
    protected Object readResolve() {
        return copy();
    }

    /** The stream is read up to the limit and closed. */
    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        try (in) {
            int limit = (int) _streamReadConstraints.getMaxDocumentLength();
            byte[] document = in.readNBytes(limit + 1);
            return _createParser(document, 0, document.length, context);
        }
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context)
            throws IOException {
        _streamReadConstraints.validateDocumentLength(length);
        CharBuffer text = decode(ByteBuffer.wrap(data, offset, length));
        if (text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        int start = text.arrayOffset() + text.position();
        return _createParser(text.array(), start, text.remaining(), context, false);
    }

    private static CharBuffer decode(ByteBuffer bytes) throws JsonParseException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new JsonParseException(null, "The document is not UTF-8", e);
        }
    }
}
