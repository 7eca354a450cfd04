package io.github.orderlookup;

import io.github.orderlookup.rest.HttpErrors;
import io.github.orderlookup.rest.ServerTls;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Reads the settings of our own main before anything is built, and looks after its HTTP servers.
 */
final class Startup extends MainListenerSupport {

    /** Threads for REST requests that do not look up: a refused key, a malformed id. */
    private static final int SPARE_THREADS = 32;

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Settings settings = Settings.read(context.getPropertiesComponent()::resolveProperty, false);
        context.getRegistry().bind(OrderLookup.SETTINGS, settings);
        // The HTTP consumer holds a thread of this pool for each request, its usual size is 20.
        int threads = settings.lookup().maxInFlight() + SPARE_THREADS;
        context.getRegistry()
                .bind("order-lookup-vertx-options", new VertxOptions().setWorkerPoolSize(threads));
        configure(((Main) main).configure().httpServer(), context, settings.rest());
    }

    private static void configure(
            HttpServerConfigurationProperties server, CamelContext context, RestSettings rest) {
        server.withEnabled(rest.enabled())
                .withHost(rest.host())
                .withPort(rest.port())
                .withMaxBodySize(HttpErrors.MAX_BODY)
                .withFileUploadEnabled(false)
                .withUseGlobalSslContextParameters(rest.tls() != null);
        useTls(context, rest);
    }

    /** The context's parameters are taken by the REST server alone: nothing else asks for them. */
    private static void useTls(CamelContext context, RestSettings rest) {
        if (rest.tls() != null) {
            try {
                context.setSSLContextParameters(ServerTls.parameters(rest.tls()));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(
                        "The certificate of the REST door is unreadable", e);
            }
        }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        HttpErrors.install(main.getCamelContext());
    }
}
