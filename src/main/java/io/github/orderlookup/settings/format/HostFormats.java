package io.github.orderlookup.settings.format;

import io.github.orderlookup.text.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats of settings that name a host. */
public final class HostFormats {
    public static final Format<URI> ORIGIN =
            new Format<>(
                    "https://host or https://host:port without a path (plain http to loopback only)",
                    HostFormats::origin);

    /**
     * A proxy; its text is never quoted, since it may hold a password. Its port is always there, a
     * user name or a password never.
     */
    public static final Format<URI> PROXY =
            new Format<>(
                    "http://host:port; user and password have keys of their own",
                    HostFormats::proxy);

    public static final Format<String> HOST =
            new Format<>(
                    "a host name or an IP address, without port and brackets", HostFormats::host);

    public static final Format<String> BROKERS =
            new Format<>("host:port, or several of them comma-separated", HostFormats::brokers);

    /** As Kafka's client reads one, which allows a listener's name before it. */
    private static final Pattern BROKER =
            Pattern.compile(
                    "(?:[0-9A-Za-z._%-]*://)?(\\[[0-9A-Fa-f:.%]+]|[0-9A-Za-z._-]+):([0-9]{1,5})");

    private static final int HIGHEST_PORT = 65_535;

    private HostFormats() {}

    /** Without a slash at the end, in lower case, and without the default port. */
    private static URI origin(String text) throws MalformedException {
        if (text.indexOf('@') >= 0) {
            throw new MalformedException("a URL with a user name or an \"@\" in it");
        }
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new MalformedException(Quoted.of(beforeQuery(text)) + " is no https URL");
        }
        if (!isEmptyOrSlash(uri.getRawPath())
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new MalformedException(
                    Quoted.of(beforeQuery(text)) + " is more than the origin of a URL");
        }
        if (scheme.equals("http") && !Hosts.isLoopback(withoutBrackets(host))) {
            throw new MalformedException(
                    Quoted.of(beforeQuery(text)) + " would send tokens unencrypted");
        }
        return originOf(scheme, host.toLowerCase(Locale.ROOT), uri.getPort());
    }

    private static URI proxy(String text) throws MalformedException {
        if (text.indexOf('@') >= 0) {
            throw new MalformedException("a URL with a user name or an \"@\" in it");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new MalformedException("is no URL");
        }
        if (uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
            throw new MalformedException(
                    "https".equalsIgnoreCase(uri.getScheme())
                            ? "https to the proxy itself is not spoken; what goes through it is"
                                    + " encrypted for the host"
                            : "is no http URL");
        }
        if (uri.getPort() < 1 || uri.getPort() > HIGHEST_PORT) {
            throw new MalformedException(
                    uri.getPort() == -1 ? "names no port" : "names a port that does not exist");
        }
        if (!isEmptyOrSlash(uri.getRawPath())
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new MalformedException("is more than host and port");
        }
        return URI.create("http://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort());
    }

    private static URI uri(String text) throws MalformedException {
        try {
            URI uri = new URI(text);
            if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
                throw new MalformedException(
                        Quoted.of(beforeQuery(text)) + " names a port that does not exist");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new MalformedException(Quoted.of(beforeQuery(text)) + " is no URL");
        }
    }

    private static URI originOf(String scheme, String host, int port) {
        int implied = scheme.equals("https") ? 443 : 80;
        return URI.create(
                scheme + "://" + host + (port == -1 || port == implied ? "" : ":" + port));
    }

    private static boolean isEmptyOrSlash(String path) {
        return path.isEmpty() || path.equals("/");
    }

    /** A query may hold a secret and is not shown. */
    private static String beforeQuery(String url) {
        return url.split("[?#]", 2)[0];
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String host(String text) throws MalformedException {
        if (!Hosts.isHost(text)) {
            throw new MalformedException(Quoted.of(text) + " is no host");
        }
        return text;
    }

    private static String brokers(String text) throws MalformedException {
        for (String part : text.split(",", -1)) {
            Matcher broker = BROKER.matcher(part.strip());
            if (!broker.matches()) {
                throw new MalformedException(Quoted.of(part.strip()) + " is no host:port");
            }
            int port = Integer.parseInt(broker.group(2));
            if (port < 1 || port > HIGHEST_PORT) {
                throw new MalformedException(
                        Quoted.of(part.strip()) + " names a port that does not exist");
            }
        }
        return text;
    }
}
