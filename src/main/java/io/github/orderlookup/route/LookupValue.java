package io.github.orderlookup.route;

import io.github.orderlookup.lookup.Lookup;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/** The value of a header that a route sets, taken from the lookup of the exchange. */
public final class LookupValue extends ExpressionAdapter {

    private final Function<Lookup, @Nullable Object> value;

    /**
     * @param value null leaves the header out of the request
     */
    public LookupValue(Function<Lookup, @Nullable Object> value) {
        this.value = value;
    }

    @Override
    public @Nullable Object evaluate(Exchange exchange) {
        return value.apply(exchange.getProperty(Lookup.PROPERTY, Lookup.class));
    }
}
