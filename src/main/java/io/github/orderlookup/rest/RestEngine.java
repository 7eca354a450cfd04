package io.github.orderlookup.rest;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The HTTP engine of our own main: requests wait for their answers without a thread, and answers
 * for their callers.
 */
final class RestEngine extends VertxPlatformHttpEngine {

    private final ResponseWriter writer;

    RestEngine(ResponseWriter writer) {
        this.writer = writer;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort());
        return new RestConsumer(endpoint, processor, getHandlers(), router, writer);
    }
}
