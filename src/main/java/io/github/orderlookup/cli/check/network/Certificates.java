package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.Credential.ClientCertificate;
import io.github.orderlookup.settings.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges certificates: those of our own files, and the dates of those that others show. */
public final class Certificates {

    /** Renewal takes a while where people are involved. */
    private static final Duration SOON = Duration.ofDays(30);

    private final Findings findings;
    private final Clock clock;

    public Certificates(Findings findings, Clock clock) {
        this.findings = findings;
        this.clock = clock;
    }

    /** The certificate by which the application signs in. */
    public void ofTheApplication(ClientCertificate file) {
        String renew =
                "Make a new one, upload it to the application in Entra ID and name it in"
                        + " partner-center.client-certificate.";
        try {
            KeyStore store =
                    KeyStore.getInstance(
                            file.file().toFile(), file.password().reveal().toCharArray());
            dates("client certificate", chain(store), renew);
        } catch (IOException | GeneralSecurityException e) {
            findings.fault("client certificate", "The file cannot be opened any more.", renew);
        }
    }

    /** The certificate of the REST endpoint. */
    public void ofTheRestDoor(Tls tls) {
        String part = "tls REST door";
        try {
            List<X509Certificate> chain = chain(tls.load());
            dates(part, chain, "Renew it, put it in place of the old one and start again.");
            linked(part, chain);
        } catch (IOException | GeneralSecurityException e) {
            findings.fault(
                    part,
                    "The certificate files cannot be opened any more.",
                    "Check order-lookup.rest.tls-*.");
        }
    }

    /**
     * Whether each certificate is within its dates.
     *
     * @return whether none has run out
     */
    boolean dates(String part, List<X509Certificate> chain, String renew) {
        for (X509Certificate certificate : chain) {
            Optional<String> wrong = wrongDate(certificate);
            if (wrong.isPresent()) {
                findings.fault(part, name(certificate) + " " + wrong.get(), renew);
                return false;
            }
        }
        if (chain.isEmpty()) {
            findings.fault(part, "There is no certificate.", renew);
            return false;
        }
        Instant end = firstEnd(chain);
        Duration left = Duration.between(clock.instant(), end);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s, good until %s (%d days)",
                        name(chain.get(0)),
                        day(end),
                        left.toDays());
        if (left.compareTo(SOON) < 0) {
            findings.note(part, text, renew);
        } else {
            findings.ok(part, text);
        }
        return true;
    }

    private Optional<String> wrongDate(X509Certificate certificate) {
        Instant now = clock.instant();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of("ran out on " + day(end));
        }
        return now.isBefore(begin)
                ? Optional.of("is good from " + day(begin) + " on only; or the clock is wrong")
                : Optional.empty();
    }

    private static Instant firstEnd(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Clients that know the root alone cannot follow a chain with a link missing. */
    private void linked(String part, List<X509Certificate> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                findings.fault(
                        part,
                        name(chain.get(i)) + " was not signed by the certificate after it.",
                        "Put the chain in order: the server's own first, then who signed it.");
                return;
            }
        }
    }

    private static List<X509Certificate> chain(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain != null) {
                return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
            }
        }
        return List.of();
    }

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
    }
}
