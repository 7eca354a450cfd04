package io.github.orderlookup.cli.check.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Whether the proxy that this JVM is set to use for a host lets a connection through. */
final class ProxyProbe {

    /** Longer than any status line. */
    private static final int LONGEST_LINE = 512;

    private final InetSocketAddress address;
    private final URI origin;
    private final int timeoutMillis;

    private ProxyProbe(InetSocketAddress address, URI origin, Duration timeout) {
        this.address = address;
        this.origin = origin;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** Empty when the host is spoken to directly. */
    static Optional<ProxyProbe> of(URI origin, Duration timeout) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                ? Optional.empty()
                : selector.select(origin).stream()
                        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                        .map(Proxy::address)
                        .filter(InetSocketAddress.class::isInstance)
                        .map(InetSocketAddress.class::cast)
                        .map(address -> new ProxyProbe(address, origin, timeout))
                        .findFirst();
    }

    /** Host and port of the proxy. */
    String name() {
        return address.getHostString() + ":" + address.getPort();
    }

    /**
     * Connects to the proxy, and asks it for the way to an https host. Nothing is sent to the host.
     *
     * @return what is wrong; empty when the way is open
     */
    Optional<String> failure() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHostString(), address.getPort()),
                    timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return "https".equals(origin.getScheme()) ? tunnel(socket) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("The proxy " + name() + " does not answer.");
        }
    }

    private Optional<String> tunnel(Socket socket) throws IOException {
        String target = origin.getHost() + ":" + (origin.getPort() < 0 ? 443 : origin.getPort());
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        socket.getOutputStream().flush();
        String status = status(new String(line(socket), US_ASCII));
        return status.equals("200")
                ? Optional.empty()
                : Optional.of(
                        "The proxy "
                                + name()
                                + " does not open the way to "
                                + target
                                + (status.isEmpty() ? "." : " (status " + status + ")."));
    }

    private static byte[] line(Socket socket) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n' && length < LONGEST_LINE;
                next = socket.getInputStream().read()) {
            line[length++] = (byte) next;
        }
        return Arrays.copyOf(line, length);
    }

    /** The three digits of a status line; empty when it is none. */
    private static String status(String line) {
        boolean http = line.startsWith("HTTP/1.") && line.length() >= 12;
        String status = http ? line.substring(9, 12) : "";
        return status.chars().allMatch(Character::isDigit) ? status : "";
    }
}
