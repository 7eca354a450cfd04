package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a connection it is the network that failed, whichever way. */
class CallConnectTest {
    private final List<Socket> waiting = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    @Test
    void isANetworkFailureWhenTheConnectionIsRefused() {
        assertUnavailable(FreePort.find());
    }

    @Test
    void isANetworkFailureWhenNobodyTakesTheConnectionInTime() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(server.getLocalPort());

            assertUnavailable(server.getLocalPort());
        }
    }

    private static void assertUnavailable(int port) {
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("partner-center.api-url", "http://127.0.0.1:" + port)
                        .setting("partner-center.connect-timeout", "500ms")
                        .setting("order-lookup.max-attempts", "1")
                        .start()) {
            Problem problem = host.problem("order--unreached");

            assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
            assertThat(problem.attempts()).isEqualTo(1);
        }
    }

    /** Connects, and is not accepted, until no more fit into the backlog. */
    private void fill(int port) throws IOException {
        while (true) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }
}
