package io.github.orderlookup.route;

import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format of Order documents: bytes become an {@link Order} and back, without loss. Camel's
 * data format for Jackson would build a tree that takes many times the memory of the bytes.
 *
 * <p>Thread-safe.
 */
public final class OrderFormat extends ServiceSupport implements DataFormat {

    /**
     * Reads a document without a copy.
     *
     * @param body the document as {@code byte[]}, which nobody changes any more
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is no Order document
     */
    @Override
    public Object unmarshal(Exchange exchange, Object body) throws IOException {
        try {
            return OrderJson.readUncopied((byte[]) body);
        } catch (Error e) {
            Step.report(exchange, e);
            throw new CamelExecutionException("Reading an Order failed", exchange, e);
        }
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        return unmarshal(exchange, stream.readAllBytes());
    }

    @Override
    public void marshal(Exchange exchange, Object order, OutputStream stream) throws IOException {
        stream.write(OrderJson.bytes((Order) order));
    }
}
