package io.github.orderlookup.rest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x like any other, apart from its HTTP servers: they speak HTTP/1.1 alone, answer requests
 * that they cannot read with a problem, bound their connections, and apply a {@link HostRule} from
 * the first request on.
 *
 * <p>Camel makes its servers with options that cannot be set: they change to HTTP/2 for any client
 * that asks ({@code Upgrade: h2c}), past whatever a proxy in front would have refused.
 */
final class HardenedVertx {

    /** How long a server that closes waits for clients that read. */
    private static final long LAST_BYTES_MILLIS = 1_000;

    private HardenedVertx() {}

    /**
     * @param key of a server that speaks TLS; null for one that does not
     */
    static Vertx of(
            Vertx vertx,
            HostRule rule,
            Connections connections,
            @Nullable X509ExtendedKeyManager key) {
        return (Vertx)
                Proxy.newProxyInstance(
                        HardenedVertx.class.getClassLoader(),
                        new Class<?>[] {VertxInternal.class},
                        (proxy, method, arguments) ->
                                arguments != null
                                                && arguments.length == 1
                                                && arguments[0] instanceof HttpServerOptions options
                                        ? server(vertx, options, rule, connections, key)
                                        : call(vertx, method, arguments));
    }

    private static HttpServer server(
            Vertx vertx,
            HttpServerOptions options,
            HostRule rule,
            Connections connections,
            @Nullable X509ExtendedKeyManager key) {
        if (key != null) {
            options.setKeyCertOptions(KeyCertOptions.wrap(key));
        }
        HttpServer server =
                vertx.createHttpServer(options.setHttp2ClearTextEnabled(false))
                        .connectionHandler(connections::opened)
                        .invalidRequestHandler(HttpErrors::refuse);
        return (HttpServer)
                Proxy.newProxyInstance(
                        HardenedVertx.class.getClassLoader(),
                        new Class<?>[] {HttpServer.class},
                        new Guarded(vertx, server, rule, connections));
    }

    /** A server whose port was taken has a port too: the one that it was to have. */
    static boolean isListening(HttpServer server) {
        return !(Proxy.isProxyClass(server.getClass())
                        && Proxy.getInvocationHandler(server) instanceof Guarded guarded
                        && guarded.server instanceof HttpServerImpl started)
                || started.isListening();
    }

    /** Lets a request to its handler when the rule lets it pass. */
    private record Guarded(Vertx vertx, HttpServer server, HostRule rule, Connections connections)
            implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals("requestHandler")
                    && arguments != null
                    && arguments[0] instanceof Router router) {
                HttpErrors.install(router);
                server.requestHandler(request -> handle(request, router));
                return proxy;
            }
            if (method.getName().equals("close")) {
                cutOffSoon();
            }
            Object answer = call(server, method, arguments);
            return answer == server ? proxy : answer;
        }

        /** The server closes once all is written, also to clients that do not read. */
        private void cutOffSoon() {
            vertx.setTimer(LAST_BYTES_MILLIS, late -> connections.cutOffAll());
        }

        private void handle(HttpServerRequest request, Handler<HttpServerRequest> next) {
            connections.requested(request);
            Optional<HostRule.Refusal> refusal = rule.refusal(parts(request));
            if (refusal.isPresent()) {
                HttpErrors.refuse(request, refusal.get());
            } else {
                next.handle(request);
            }
        }

        private static HostRule.Request parts(HttpServerRequest request) {
            return new HostRule.Request(
                    request.uri(),
                    request.version() == HttpVersion.HTTP_1_0,
                    values(request, "Host"),
                    values(request, "Origin"),
                    values(request, "Sec-Fetch-Site"));
        }

        private static List<String> values(HttpServerRequest request, String name) {
            return request.headers().getAll(name);
        }
    }

    private static @Nullable Object call(
            Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
