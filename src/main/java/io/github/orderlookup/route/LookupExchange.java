package io.github.orderlookup.route;

import io.github.orderlookup.lookup.Lookup;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Ties a lookup to the exchange in which it travels: whatever the lookup still holds when the
 * exchange is over is released then, however the exchange ended.
 */
public final class LookupExchange {

    /** The exchange property that holds the {@link Release} of the exchange. */
    private static final String RELEASE = "order-lookup-release";

    private LookupExchange() {}

    /** Puts the first lookup into the exchange. Called once for each exchange. */
    public static void attach(Exchange exchange, Lookup lookup) {
        Release release = new Release(lookup);
        exchange.setProperty(Lookup.PROPERTY, lookup);
        exchange.setProperty(RELEASE, release);
        exchange.getExchangeExtension().addOnCompletion(release);
    }

    /** Puts the lookup that follows into the exchange; the one before is over. */
    public static void replace(Exchange exchange, Lookup next) {
        exchange.setProperty(Lookup.PROPERTY, next);
        exchange.getProperty(RELEASE, Release.class).replace(next);
    }

    /**
     * Releases the last lookup of an exchange at its end. It keeps the lookup itself: Camel may
     * hand it over to another exchange, which knows nothing of lookups.
     */
    private static final class Release extends SynchronizationAdapter {

        private volatile Lookup last;

        Release(Lookup first) {
            last = first;
        }

        void replace(Lookup next) {
            Lookup before = last;
            last = next;
            before.release();
        }

        @Override
        public void onDone(Exchange exchange) {
            last.release();
        }
    }
}
