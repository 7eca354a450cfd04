package io.github.orderlookup.network;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy cannot be reached or opens no tunnel. The message is for an operator: it names the
 * proxy, never a credential.
 */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The scheme at the beginning of a challenge; what else a proxy says is not repeated. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,19})(?: .*)?");

    private static final int MOST_SCHEMES = 5;

    private ProxyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * The proxy refuses the tunnel.
     *
     * @param target host and port behind the proxy
     * @param challenges the values of its headers {@code Proxy-Authenticate}
     */
    public static ProxyException refused(
            OutboundProxy proxy, String target, int status, List<String> challenges) {
        String words =
                switch (status) {
                    case 407 -> credential(proxy, schemes(challenges));
                    case 403 -> " does not let this machine through to " + target;
                    case 502, 503, 504 -> " cannot reach " + target;
                    default -> " does not open the way to " + target;
                };
        return of(proxy.name(), words + " (status " + status + ").", null);
    }

    private static List<String> schemes(List<String> challenges) {
        return challenges.stream()
                .map(SCHEME::matcher)
                .filter(Matcher::matches)
                .map(challenge -> challenge.group(1))
                .limit(MOST_SCHEMES)
                .toList();
    }

    private static String credential(OutboundProxy proxy, List<String> schemes) {
        if (!schemes.isEmpty() && schemes.stream().noneMatch("Basic"::equalsIgnoreCase)) {
            return " asks for "
                    + String.join(", ", schemes)
                    + ", but is given nothing but Basic: let it accept that, or let this machine"
                    + " through without";
        }
        if (proxy.credential().isPresent()) {
            return " does not accept partner-center.proxy-user with its password";
        }
        return " asks for a user and a password, which "
                + (proxy.source() == OutboundProxy.Source.SETTING
                        ? "partner-center.proxy-user and partner-center.proxy-password give"
                        : "the properties of the JVM cannot give: name it in partner-center.proxy,"
                                + " with partner-center.proxy-user and partner-center.proxy-password");
    }

    /**
     * No connection to the proxy can be made.
     *
     * @param proxy host and port
     */
    public static ProxyException unreachable(String proxy, IOException cause) {
        String words =
                cause instanceof UnknownHostException
                        ? " has no address that this machine knows."
                        : cause instanceof SocketTimeoutException
                                ? " cannot be reached in time."
                                : cause instanceof NoRouteToHostException
                                        ? " cannot be reached: no route leads to it."
                                        : " cannot be reached.";
        return of(proxy, words, cause);
    }

    /** The proxy does not answer the request for a tunnel within the time for connecting. */
    public static ProxyException silent(OutboundProxy proxy, IOException cause) {
        return of(proxy.name(), " takes connections but does not answer in time.", cause);
    }

    /**
     * The proxy answers something else than HTTP, or closes the connection. The cause is left out,
     * since its message quotes what came.
     */
    public static ProxyException noHttp(OutboundProxy proxy) {
        return of(proxy.name(), " answers no HTTP, or hangs up.", null);
    }

    /**
     * TLS with the host failed in the tunnel.
     *
     * @param proxy host and port
     */
    public static ProxyException noTls(String proxy, IOException cause) {
        return of(proxy, " opens the way, but TLS with the host behind it fails.", cause);
    }

    private static ProxyException of(String proxy, String words, @Nullable Throwable cause) {
        return new ProxyException("The proxy " + proxy + words, cause);
    }

    /** What is wrong, as a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
