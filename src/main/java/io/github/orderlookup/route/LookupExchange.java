package io.github.orderlookup.route;

import io.github.orderlookup.lookup.Lookup;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Ties a lookup to the exchange in which it travels: whatever the lookup still holds when the
 * exchange is over is released then, however the exchange ended.
 */
public final class LookupExchange {

    private LookupExchange() {}

    /** Puts the first lookup into the exchange. Called once for each exchange. */
    public static void attach(Exchange exchange, Lookup lookup) {
        exchange.setProperty(Lookup.PROPERTY, lookup);
        exchange.getExchangeExtension().addOnCompletion(new Release());
    }

    /** Puts the lookup that follows into the exchange; the one before is over. */
    public static void replace(Exchange exchange, Lookup next) {
        Lookup before = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        exchange.setProperty(Lookup.PROPERTY, next);
        before.release();
    }

    private static final class Release extends SynchronizationAdapter {

        @Override
        public void onDone(Exchange exchange) {
            exchange.getProperty(Lookup.PROPERTY, Lookup.class).release();
        }
    }
}
