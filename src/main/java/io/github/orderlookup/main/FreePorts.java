package io.github.orderlookup.main;

import io.github.orderlookup.settings.CannotStartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks that ports are free before the HTTP servers of Camel Main listen there, since these start
 * without an error when they cannot.
 */
final class FreePorts implements AutoCloseable {

    private final List<ServerSocket> held = new ArrayList<>();

    /**
     * Holds a port until this is closed, so that no second setting can name it.
     *
     * @param key the setting that names the port
     * @throws CannotStartException when it is not free
     */
    void hold(String key, String host, int port) {
        try {
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new CannotStartException(
                    String.format(
                            Locale.ROOT,
                            "%s: cannot listen on %s port %d (%s)",
                            key,
                            host,
                            port,
                            e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket socket : held) {
            socket.close();
        }
    }
}
