package io.github.orderlookup.http;

import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The proxy cannot be reached or refuses the tunnel. The message is for an operator: it names the
 * proxy, never a credential.
 */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private ProxyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ProxyException refused(HttpHost proxy, int status) {
        String words =
                status == 407
                        ? " asks for a credential (status 407), which cannot be given."
                        : " does not open the way (status " + status + ").";
        return new ProxyException("The proxy " + name(proxy) + words, null);
    }

    static ProxyException unreachable(HttpHost proxy, IOException cause) {
        return new ProxyException("The proxy " + name(proxy) + " cannot be reached.", cause);
    }

    private static String name(HttpHost proxy) {
        return proxy.getHostName() + ":" + proxy.getPort();
    }

    /** What is wrong, as a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
