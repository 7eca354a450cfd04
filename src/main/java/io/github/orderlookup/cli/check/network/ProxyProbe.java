package io.github.orderlookup.cli.check.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.orderlookup.network.OutboundProxy;
import io.github.orderlookup.network.ProxyException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a proxy for a tunnel to a host, as the service does. */
final class ProxyProbe {

    private static final int LARGEST_HEAD = 8 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");
    private static final String CHALLENGE = "Proxy-Authenticate:";

    private final OutboundProxy proxy;
    private final String target;
    private final int timeoutMillis;

    ProxyProbe(OutboundProxy proxy, URI origin, Duration timeout) {
        this.proxy = proxy;
        this.target = origin.getHost() + ":" + (origin.getPort() < 0 ? 443 : origin.getPort());
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * The tunnel to the host, through which nothing was sent.
     *
     * @throws ProxyException when it does not open
     */
    Socket open() throws ProxyException {
        Socket socket = new Socket();
        try {
            connect(socket);
            askForTunnel(socket);
            return socket;
        } catch (ProxyException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private void connect(Socket socket) throws ProxyException {
        try {
            InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
            if (address.isUnresolved()) {
                throw new UnknownHostException(proxy.host());
            }
            socket.connect(address, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
        } catch (IOException e) {
            throw ProxyException.unreachable(proxy.name(), e);
        }
    }

    private void askForTunnel(Socket socket) throws ProxyException {
        List<String> head;
        try {
            socket.getOutputStream().write(request().getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            head = head(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            throw ProxyException.silent(proxy, e);
        } catch (IOException e) {
            throw ProxyException.noHttp(proxy);
        }
        int status = status(head);
        if (status != 200) {
            throw ProxyException.refused(proxy, target, status, challenges(head));
        }
    }

    private String request() {
        String credential =
                proxy.credential()
                        .map(value -> "Proxy-Authorization: " + value.reveal() + "\r\n")
                        .orElse("");
        return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + credential + "\r\n";
    }

    /** The lines before the first empty one, read byte by byte: the rest is the host's. */
    private static List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.lastIndexOf("\n\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() == LARGEST_HEAD) {
                throw new IOException("no head of a response");
            }
            if (next != '\r') {
                head.append((char) next);
            }
        }
        return head.toString().lines().toList();
    }

    private int status(List<String> head) throws ProxyException {
        Matcher line = STATUS.matcher(head.get(0));
        if (!line.matches()) {
            throw ProxyException.noHttp(proxy);
        }
        return Integer.parseInt(line.group(1));
    }

    private static List<String> challenges(List<String> head) {
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, CHALLENGE, 0, CHALLENGE.length()))
                .map(line -> line.substring(CHALLENGE.length()).strip())
                .toList();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
