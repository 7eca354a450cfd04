package io.github.orderlookup.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports of the loopback interface for processes that take theirs as an argument. They lie
 * below the ports that operating systems hand out by themselves: an outgoing connection cannot take
 * one between the search and its use. Each of the JVMs that run tests side by side has a share of
 * them.
 */
public final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int FORKS = Integer.getInteger("test.forks", 1);
    private static final int FORK = Integer.getInteger("test.fork", 1);
    private static final int SHARE = (HIGHEST - LOWEST) / FORKS;
    private static final int FIRST = LOWEST + (FORK - 1) % FORKS * SHARE;
    private static final int END = FIRST + SHARE;
    private static final int TRIES = 1_000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port that nobody listens on and that this JVM was not given before. */
    public static int find() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST, END)
                .filter(HANDED_OUT::add)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    /** This port if nobody listens on it, else another. */
    public static int preferably(int port) {
        return HANDED_OUT.add(port) && isFree(port) ? port : find();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
