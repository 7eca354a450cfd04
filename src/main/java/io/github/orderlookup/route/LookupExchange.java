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

    /** Puts the lookup into the exchange. Called once for each lookup, where it is made. */
    public static void attach(Exchange exchange, Lookup lookup) {
        exchange.setProperty(Lookup.PROPERTY, lookup);
        exchange.getExchangeExtension().addOnCompletion(new Release(lookup));
    }

    private static final class Release extends SynchronizationAdapter {

        private final Lookup lookup;

        Release(Lookup lookup) {
            this.lookup = lookup;
        }

        @Override
        public void onDone(Exchange exchange) {
            lookup.release();
        }
    }
}
