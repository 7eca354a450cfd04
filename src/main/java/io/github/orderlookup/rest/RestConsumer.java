package io.github.orderlookup.rest;

import io.github.orderlookup.supervision.Supervisor;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The HTTP consumer of our own main. Camel's holds a thread of a pool from the request to the
 * answer, does not notice a caller who hangs up, and answers with an empty 500 when a route fails.
 *
 * <p>Here a thread is held while there is something to do for a request. A caller who hangs up is
 * made known to the route as {@link Caller}. The exchange is complete as soon as its answer has a
 * place in the {@link ResponseWriter} or its caller is gone, and every failure is answered with a
 * problem.
 */
final class RestConsumer extends VertxPlatformHttpConsumer {

    /** How long a stop waits for callers who are reading their answers. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private final ResponseWriter writer;

    RestConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            List<Handler<RoutingContext>> handlers,
            String routerName,
            ResponseWriter writer) {
        super(endpoint, processor, handlers, routerName);
        this.writer = writer;
    }

    @Override
    protected void handleRequest(RoutingContext context) {
        if (isSuspended() || !isRunAllowed()) {
            HttpErrors.refuseAtStop(context);
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        Caller caller = new Caller();
        exchange.setProperty(Caller.PROPERTY, caller);
        context.addEndHandler(
                ended -> {
                    if (ended.failed()) {
                        caller.hangUp();
                    }
                });
        Request request = new Request(context, exchange);
        processHttpRequest(exchange, context)
                .onSuccess(read -> request.start())
                .onFailure(request::fail);
    }

    /** Lets callers read the answers that they have been given. */
    @Override
    protected void doStop() throws Exception {
        writer.finish(LAST_ANSWERS);
        super.doStop();
    }

    private boolean isContextStopping() {
        return getEndpoint().getCamelContext().isStopping()
                || getEndpoint().getCamelContext().isStopped();
    }

    /** One request on its way through the route. It is answered once. */
    private final class Request {

        private final RoutingContext context;
        private final Context loop;
        private final Exchange exchange;
        private final AtomicBoolean isRouted = new AtomicBoolean();

        Request(RoutingContext context, Exchange exchange) {
            this.context = context;
            this.loop = context.vertx().getOrCreateContext();
            this.exchange = exchange;
        }

        /**
         * Routes as far as the wait for a permit, which takes no time; a call has its own thread.
         */
        void start() {
            try {
                createUoW(exchange);
                getAsyncProcessor().process(exchange, doneSync -> end());
            } catch (Exception | Error e) {
                fail(e);
            }
        }

        void fail(Throwable failure) {
            exchange.setException(failure);
            end();
        }

        private void end() {
            if (isRouted.compareAndSet(false, true)) {
                loop.runOnContext(now -> answer());
            }
        }

        private void answer() {
            Throwable failure = exchange.getException();
            if (failure == null && endedWithItsCaller()) {
                complete();
                return;
            }
            try {
                if (failure == null) {
                    writer.write(context, head(), this::complete);
                    return;
                }
            } catch (Exception | Error e) {
                failure = e;
            }
            if (isContextStopping()) {
                HttpErrors.refuseAtStop(context);
            } else {
                HttpErrors.explain(context, failure);
            }
            report(failure);
            complete();
        }

        /** A lookup whose caller is gone stops its route, and has no response. */
        private boolean endedWithItsCaller() {
            return exchange.isRouteStop() && context.response().closed();
        }

        /** An exhausted heap concerns the process, and not this request alone. */
        private void report(Throwable failure) {
            Supervisor supervisor =
                    exchange.getContext()
                            .getRegistry()
                            .lookupByNameAndType(Supervisor.NAME, Supervisor.class);
            if (supervisor != null && Supervisor.fatalCause(failure) != null) {
                supervisor.onError("A REST request", failure);
            }
        }

        /**
         * Sets status and headers.
         *
         * @return the body
         */
        private byte[] head() throws Exception {
            Message message = exchange.getMessage();
            byte[] body = message.getMandatoryBody(byte[].class);
            if (context.response().ended() || context.response().closed()) {
                return body;
            }
            HttpServerResponse response = context.response();
            response.setStatusCode(
                    message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
            response.putHeader(
                    "Content-Type", message.getHeader(Exchange.CONTENT_TYPE, String.class));
            HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
            for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
                String name = header.getKey();
                if (!filter.applyFilterToCamelHeaders(name, header.getValue(), exchange)) {
                    response.putHeader(name, header.getValue().toString());
                }
            }
            return body;
        }

        private void complete() {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
