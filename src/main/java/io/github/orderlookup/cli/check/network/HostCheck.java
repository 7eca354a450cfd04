package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.network.OutboundProxy;
import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.UntrustedException;
import io.github.orderlookup.network.UntrustedException.Reason;
import io.github.orderlookup.network.WayOut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which way leads to a host, and whether it has an address, listens, and shows a certificate that
 * is trusted: tried exactly as the service goes.
 */
public final class HostCheck {

    /** Other programs do; the JVM does not either. */
    private static final List<String> NOT_READ =
            List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");

    private final Findings findings;
    private final Duration timeout;
    private final Certificates certificates;
    private final WayOut wayOut;
    private final Map<String, String> environment;

    /**
     * @param timeout for connecting, and for a proxy to open a tunnel
     * @param environment of this process, whose proxies are not used
     */
    public HostCheck(
            Findings findings,
            Duration timeout,
            Clock clock,
            WayOut wayOut,
            Map<String, String> environment) {
        this.findings = findings;
        this.timeout = timeout;
        this.certificates = new Certificates(findings, clock);
        this.wayOut = wayOut;
        this.environment = environment;
    }

    /**
     * Checks step by step until one fails.
     *
     * @return whether a request may be tried
     */
    public boolean reach(String who, URI origin) {
        Optional<OutboundProxy> proxy = wayOut.proxyTo(origin);
        if (proxy.isPresent()) {
            return reachThrough(proxy.get(), who, origin);
        }
        direct("way " + who, origin);
        return resolve("dns " + who, origin.getHost()) && connect("tls " + who, origin);
    }

    private void direct(String part, URI origin) {
        boolean unused =
                NOT_READ.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        if (unused && "https".equals(origin.getScheme())) {
            findings.note(
                    part,
                    "direct: the proxy of the environment (HTTPS_PROXY) is not read",
                    "If this machine needs it, name it in partner-center.proxy.");
        } else {
            findings.ok(part, "direct");
        }
    }

    private boolean reachThrough(OutboundProxy proxy, String who, URI origin) {
        findings.ok(
                "way " + who,
                "through the proxy " + proxy.name() + " (" + proxy.source().text() + ")");
        try (Socket tunnel = new ProxyProbe(proxy, origin, timeout).open()) {
            findings.ok("proxy " + who, "opens a tunnel to " + origin.getRawAuthority());
            TlsProbe probe = new TlsProbe(origin, timeout, wayOut);
            probe.handshake(tunnel);
            return checkHandshake("tls " + who, origin, probe);
        } catch (ProxyException e) {
            findings.fault("proxy " + who, e.detail(), remedy(proxy));
        } catch (IOException e) {
            findings.fault("proxy " + who, "The tunnel breaks.", remedy(proxy));
        }
        return false;
    }

    private static String remedy(OutboundProxy proxy) {
        return (proxy.source() == OutboundProxy.Source.SETTING
                        ? "Check partner-center.proxy"
                        : "Check https.proxyHost, https.proxyPort and http.nonProxyHosts of this"
                                + " JVM")
                + ", and whether the proxy lets this machine through.";
    }

    private boolean resolve(String part, String host) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            findings.ok(
                    part,
                    host
                            + " is "
                            + Arrays.stream(addresses)
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", ")));
            return true;
        } catch (UnknownHostException e) {
            findings.fault(
                    part,
                    "No address is known for " + host + ".",
                    "Check partner-center.cloud, the URL if one is set, and the name servers of"
                            + " this machine.");
            return false;
        }
    }

    private boolean connect(String part, URI origin) {
        boolean plain = !"https".equals(origin.getScheme());
        TlsProbe probe = new TlsProbe(origin, timeout, wayOut);
        try {
            probe.connect(!plain);
        } catch (IOException e) {
            findings.fault(
                    part,
                    "Nobody answers at " + origin.getRawAuthority() + ".",
                    "Check the network, the firewall's outgoing rules and the URL if one is set.");
            return false;
        }
        if (plain) {
            findings.ok(part, "plain http, to this machine alone");
            return true;
        }
        return checkHandshake(part, origin, probe);
    }

    private boolean checkHandshake(String part, URI origin, TlsProbe probe) {
        List<X509Certificate> chain = probe.chain();
        if (chain.isEmpty()) {
            findings.fault(
                    part,
                    origin.getRawAuthority() + " does not speak TLS with us.",
                    "Check the URL; something in between may break the connection.");
            return false;
        }
        boolean dates =
                certificates.dates(part, chain, "Whoever runs " + origin.getHost() + " must act.");
        if (probe.isDone()) {
            return true;
        }
        Reason reason = probe.refusal().map(UntrustedException::reason).orElse(Reason.OTHER);
        if (dates || reason != Reason.DATES) {
            String words =
                    probe.refusal()
                            .map(UntrustedException::detail)
                            .orElse("The TLS handshake failed.");
            findings.fault(part, words, remedy(reason));
        }
        return false;
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case NAME -> "Check the URL if one is set, and the name servers of this machine.";
            case DATES -> "Check the clock of this machine; else the host must renew.";
            case AUTHORITY ->
                    "Put the certificate of that authority into a PEM file, and name the file in"
                            + " partner-center.ca-certificates.";
            case OTHER -> "Compare the TLS versions of this JVM with those of the host.";
        };
    }
}
