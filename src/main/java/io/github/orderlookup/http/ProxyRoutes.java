package io.github.orderlookup.http;

import io.github.orderlookup.network.WayOut;
import java.net.URI;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Leads each request the way that {@link WayOut} chooses for its host. Thread-safe. */
final class ProxyRoutes extends DefaultRoutePlanner {

    private final WayOut wayOut;

    ProxyRoutes(WayOut wayOut) {
        super(DefaultSchemePortResolver.INSTANCE);
        this.wayOut = wayOut;
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        return wayOut.proxyTo(URI.create(target.toURI()))
                .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
                .orElse(null);
    }
}
