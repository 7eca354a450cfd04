package io.github.orderlookup.bench.peer;

import java.net.URI;

/** The settings of every peer, as system properties. */
record PeerSetup(
        String brokers, String requests, String results, String group, URI upstream, int inFlight) {

    static PeerSetup ofThisJvm() {
        return new PeerSetup(
                System.getProperty("peer.brokers"),
                System.getProperty("peer.requests"),
                System.getProperty("peer.results"),
                System.getProperty("peer.group"),
                URI.create(System.getProperty("peer.upstream")),
                Integer.getInteger("peer.in-flight"));
    }
}
