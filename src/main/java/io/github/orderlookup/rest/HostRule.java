package io.github.orderlookup.rest;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which requests an HTTP server refuses by where they were sent to and where a browser sent
 * them from, before anything else of them is looked at.
 *
 * <p>An endpoint on loopback that asks for no key relies on being out of reach. A web page reaches
 * it all the same: by a request across sites, or by a name of its own that resolves to loopback
 * (DNS rebinding). Such an endpoint therefore takes loopback names and addresses alone as {@code
 * Host}, and nothing that a browser marks as sent by another origin ({@code Origin}, {@code
 * Sec-Fetch-Site}). Any endpoint takes exactly one well-formed {@code Host} (RFC 9112, 3.2).
 *
 * <p>Immutable.
 */
final class HostRule {

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+;=%-]*)(?::[0-9]{0,5})?");
    private static final Pattern ABSOLUTE_TARGET =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*).*", Pattern.DOTALL);

    private final boolean isLocalAlone;
    private final String ownName;
    private final String scheme;

    /**
     * What of a request the decision needs.
     *
     * @param target the request target as it came
     * @param hosts the values of {@code Host}
     * @param origins the values of {@code Origin}
     * @param sites the values of {@code Sec-Fetch-Site}
     */
    record Request(
            String target,
            boolean isHttp10,
            List<String> hosts,
            List<String> origins,
            List<String> sites) {

        public Request {
            hosts = List.copyOf(hosts);
            origins = List.copyOf(origins);
            sites = List.copyOf(sites);
        }
    }

    /**
     * Why a request is refused.
     *
     * @param status 400 or 403
     * @param detail a plain sentence
     */
    record Refusal(int status, String detail) {}

    private HostRule(boolean isLocalAlone, String ownName, String scheme) {
        this.isLocalAlone = isLocalAlone;
        this.ownName = ownName.toLowerCase(Locale.ROOT);
        this.scheme = scheme;
    }

    /**
     * The rule of one server.
     *
     * @param boundTo the name or address that the server is bound to
     * @param asksForKey whether every request for something that is not public needs a key
     * @param scheme {@code http} or {@code https}
     */
    static HostRule of(String boundTo, boolean asksForKey, String scheme) {
        return new HostRule(!asksForKey && isBoundToLoopback(boundTo), boundTo, scheme);
    }

    /** A name that cannot be resolved now is none that a server could have been bound to. */
    private static boolean isBoundToLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Why the request is refused; empty when it may pass. */
    Optional<Refusal> refusal(Request request) {
        if (request.hosts().size() > 1) {
            return refuse(400, "The request has more than one Host.");
        }
        Matcher absolute = ABSOLUTE_TARGET.matcher(request.target());
        String host = request.hosts().isEmpty() ? "" : request.hosts().get(0).strip();
        if (request.hosts().isEmpty() && !request.isHttp10()) {
            return refuse(400, "The request has no Host.");
        }
        Matcher authority = AUTHORITY.matcher(host);
        if (!authority.matches()) {
            return refuse(400, "The Host of the request is malformed.");
        }
        if (absolute.matches() && !absolute.group(2).equalsIgnoreCase(host)) {
            return refuse(400, "The target of the request names another host than its Host.");
        }
        return isLocalAlone
                ? refusalOfForeign(request, host, authority.group(1))
                : Optional.empty();
    }

    private Optional<Refusal> refusalOfForeign(Request request, String host, String name) {
        if (!request.hosts().isEmpty() && !isLocal(name)) {
            return refuse(
                    403,
                    "Without API keys this endpoint is for this machine alone: the Host of the"
                            + " request must be a loopback name or address.");
        }
        String own = scheme + "://" + host;
        if (!request.origins().stream().allMatch(own::equalsIgnoreCase)
                || !request.sites().stream().allMatch(HostRule::isOwnSite)) {
            return refuse(
                    403,
                    "Without API keys this endpoint takes no request that a browser sent for"
                            + " another site.");
        }
        return Optional.empty();
    }

    private static boolean isOwnSite(String site) {
        return site.equalsIgnoreCase("same-origin") || site.equalsIgnoreCase("none");
    }

    private boolean isLocal(String name) {
        return name.equalsIgnoreCase(ownName) || isLoopback(withoutBrackets(name));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether a name or an address is loopback's, without asking any resolver. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.equals("localhost.")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<Refusal> refuse(int status, String detail) {
        return Optional.of(new Refusal(status, detail));
    }
}
