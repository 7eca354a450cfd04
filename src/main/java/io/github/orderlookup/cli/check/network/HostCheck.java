package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.cli.check.finding.Findings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether a host has an address, listens, and shows a certificate that this JVM trusts. */
public final class HostCheck {

    private final Findings findings;
    private final Duration timeout;
    private final Certificates certificates;
    private final X509ExtendedTrustManager trust;

    public HostCheck(
            Findings findings, Duration timeout, Clock clock, X509ExtendedTrustManager trust) {
        this.trust = trust;
        this.findings = findings;
        this.timeout = timeout;
        this.certificates = new Certificates(findings, clock);
    }

    /**
     * Checks step by step until one fails.
     *
     * @return whether a request may be tried
     */
    public boolean reach(String who, URI origin) {
        Optional<ProxyProbe> proxy = ProxyProbe.of(origin, timeout);
        if (proxy.isPresent()) {
            return checkProxy(who, proxy.get());
        }
        return resolve("dns " + who, origin.getHost()) && connect("tls " + who, origin);
    }

    private boolean checkProxy(String who, ProxyProbe proxy) {
        findings.skipped("dns, tls " + who, "asked through the proxy " + proxy.name());
        Optional<String> failure = proxy.failure();
        if (failure.isPresent()) {
            findings.fault(
                    "proxy " + who,
                    failure.get(),
                    "Check https.proxyHost, https.proxyPort and http.nonProxyHosts of this JVM, and"
                            + " whether the proxy lets this machine through.");
            return false;
        }
        findings.ok("proxy " + who, "opens the way");
        return true;
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
        TlsProbe probe = new TlsProbe(origin, timeout, trust);
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
        if (probe.refusal().isEmpty()) {
            return true;
        }
        if (dates || !probe.refusal().get().equals(TlsProbe.Refusal.DATES)) {
            findings.fault(
                    part, words(probe.refusal().get(), chain), remedy(probe.refusal().get()));
        }
        return false;
    }

    private static String words(TlsProbe.Refusal refusal, List<X509Certificate> chain) {
        X509Certificate last = chain.get(chain.size() - 1);
        return switch (refusal) {
            case NAME -> "The certificate is for another host: " + Certificates.name(chain.get(0));
            case DATES -> "A certificate is not within its dates.";
            case TRUST ->
                    "The certificate is not trusted; it leads to "
                            + last.getIssuerX500Principal().getName();
            case OTHER -> "The TLS handshake failed.";
        };
    }

    private static String remedy(TlsProbe.Refusal refusal) {
        return switch (refusal) {
            case NAME -> "Check the URL if one is set, and the name servers of this machine.";
            case DATES -> "Check the clock of this machine; else the host must renew.";
            case TRUST ->
                    "If that is your company's proxy, put its root certificate into a trust store"
                            + " and name it: java -Djavax.net.ssl.trustStore=<file> -jar ...";
            case OTHER -> "Compare the TLS versions of this JVM with those of the host.";
        };
    }
}
