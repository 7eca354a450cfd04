package io.github.orderlookup.rest;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x of our own main, whose HTTP servers speak HTTP/1.1 alone and answer requests that they
 * cannot read with a problem.
 *
 * <p>Camel makes its servers with options that cannot be set: they change to HTTP/2 for any client
 * that asks ({@code Upgrade: h2c}), past whatever a proxy in front would have refused.
 */
public final class HttpServers {

    private HttpServers() {}

    /** A Vert.x like any other, apart from its HTTP servers. */
    public static Vertx vertx(VertxOptions options) {
        Vertx vertx = Vertx.vertx(options);
        return (Vertx)
                Proxy.newProxyInstance(
                        HttpServers.class.getClassLoader(),
                        new Class<?>[] {VertxInternal.class},
                        (proxy, method, arguments) ->
                                arguments != null
                                                && arguments.length == 1
                                                && arguments[0] instanceof HttpServerOptions server
                                        ? server(vertx, server)
                                        : call(vertx, method, arguments));
    }

    private static HttpServer server(Vertx vertx, HttpServerOptions options) {
        return vertx.createHttpServer(options.setHttp2ClearTextEnabled(false))
                .invalidRequestHandler(HttpErrors::refuse);
    }

    private static @Nullable Object call(Vertx vertx, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(vertx, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
