package io.github.orderlookup.bench.peer;

import io.github.orderlookup.process.ParentWatch;
import io.vertx.core.VertxOptions;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * What Camel itself takes for a REST request: one route from platform-http to camel-http that puts
 * the token on and hands the Order back without its byte-order mark. There are as many threads and
 * connections as calls under way; by default Camel has 20 of each. It is started as {@link
 * VertxProxy} is.
 */
public final class CamelProxy extends RouteBuilder {

    private final URI upstream;
    private final String token;

    private CamelProxy(URI upstream, String token) {
        this.upstream = upstream;
        this.token = token;
    }

    /** Arguments: its port, the upstream, calls under way at once. */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        URI upstream = URI.create(arguments[1]);
        String token = new AsyncLookup(upstream).token();
        String inFlight = arguments[2];
        Main main = new Main();
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", arguments[0]);
        main.addInitialProperty("camel.main.jmx-enabled", "false");
        main.addInitialProperty("camel.component.http.connections-per-route", inFlight);
        main.addInitialProperty("camel.component.http.max-total-connections", inFlight);
        main.bind(
                "vertx-options", new VertxOptions().setWorkerPoolSize(Integer.parseInt(inFlight)));
        // The class path also holds this module's routes, which are not wanted here.
        main.configure()
                .withRoutesIncludePattern("false")
                .addRoutesBuilder(new CamelProxy(upstream, token));
        main.addMainListener(
                new MainListenerSupport() {
                    @Override
                    public void afterStart(BaseMainSupport started) {
                        System.out.println(VertxProxy.READY);
                    }
                });
        main.run();
    }

    @Override
    public void configure() {
        from("platform-http:/v1/customers/{customer}/orders/{order}")
                .setProperty("path", header(Exchange.HTTP_PATH))
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_PATH, exchangeProperty("path"))
                .setHeader("Accept", constant("application/json"))
                .setHeader("Authorization", constant("Bearer " + token))
                .to(upstream + "?bridgeEndpoint=true&httpMethod=GET")
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .transform()
                .body(byte[].class, AsyncLookup::withoutMark);
    }
}
