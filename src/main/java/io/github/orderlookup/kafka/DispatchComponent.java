package io.github.orderlookup.kafka;

import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * The endpoints {@code order-lookup-dispatch:ROUTE}: a polled record is dispatched to {@code
 * direct:ROUTE}, and the poll thread goes on at once. Camel's {@code seda} and {@code wireTap} hand
 * over as well, but no offset waits for what becomes of the record.
 */
final class DispatchComponent extends DefaultComponent {

    private final Function<String, RecordDispatcher> dispatchers;

    /**
     * @param dispatchers makes the dispatcher to an endpoint
     */
    DispatchComponent(Function<String, RecordDispatcher> dispatchers) {
        this.dispatchers = dispatchers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String route, Map<String, Object> parameters) {
        return new DispatchEndpoint(uri, this, dispatchers.apply("direct:" + route));
    }

    /** Owns the dispatcher, which outlives a restart of the route that polls. */
    private static final class DispatchEndpoint extends DefaultEndpoint {

        private final RecordDispatcher dispatcher;

        DispatchEndpoint(String uri, Component component, RecordDispatcher dispatcher) {
            super(uri, component);
            this.dispatcher = dispatcher;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            dispatcher.start();
        }

        @Override
        protected void doStop() throws Exception {
            dispatcher.stop();
            super.doStop();
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange polled) {
                    dispatcher.process(polled);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Nothing is received from " + this);
        }
    }
}
