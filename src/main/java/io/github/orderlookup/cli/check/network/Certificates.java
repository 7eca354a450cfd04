package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.Credential.ClientCertificate;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.Tls;
import io.github.orderlookup.settings.format.CaCertificates;
import io.github.orderlookup.settings.format.CertifiedKey;
import io.github.orderlookup.settings.format.FileContents;
import io.github.orderlookup.settings.format.KeyContents;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    public void ofTheApplication(ClientCertificate certificate) {
        String part = "client certificate";
        String renew =
                "Make a new one, upload it to the application in Entra ID and put it in place of the"
                        + " file of partner-center.client-certificate: it is taken up without a"
                        + " restart.";
        try {
            Path file = certificate.file();
            byte[] content = SmallFile.read(file);
            dates(
                    part,
                    KeyContents.ofTheApplication(file, content, password(certificate))
                            .first()
                            .chain(),
                    renew);
        } catch (MalformedException e) {
            findings.fault(part, e.wrong(), renew);
        }
    }

    private static Secret password(ClientCertificate certificate) throws MalformedException {
        Path file = certificate.passwordFile();
        return file == null
                ? certificate.password()
                : FileContents.password(file, SmallFile.read(file));
    }

    /** The authorities that are trusted besides those of the JVM. */
    public void ofAuthorities(Path file) {
        String part = "authorities";
        try {
            byte[] content = SmallFile.read(file, CaCertificates.LARGEST_FILE);
            List<X509Certificate> all = CaCertificates.parse(file, content);
            int before = findings.all().size();
            all.forEach(authority -> noteAuthority(part, authority));
            if (findings.all().size() == before) {
                findings.ok(part, all.size() + " besides those of the JVM: " + names(all));
            }
        } catch (MalformedException e) {
            findings.fault(part, e.wrong(), "Check partner-center.ca-certificates.");
        }
    }

    private static String names(List<X509Certificate> all) {
        String first = name(all.get(0));
        return all.size() == 1 ? first : first + ", ...";
    }

    private void noteAuthority(String part, X509Certificate authority) {
        Instant end = authority.getNotAfter().toInstant();
        Optional<String> wrong = wrongDate(authority);
        if (wrong.isPresent()) {
            findings.note(
                    part,
                    name(authority) + " " + wrong.get(),
                    "Replace it in partner-center.ca-certificates.");
        } else if (Duration.between(clock.instant(), end).compareTo(SOON) < 0) {
            findings.note(
                    part,
                    name(authority) + " is good until " + day(end),
                    "Add its successor to partner-center.ca-certificates.");
        } else if (!CaCertificates.isAuthority(authority)) {
            findings.note(
                    part,
                    name(authority) + " is no authority: it is trusted until the host replaces it",
                    "Add the authority that issued it to partner-center.ca-certificates.");
        }
    }

    /** The certificates of the REST endpoint. */
    public void ofTheRestEndpoint(Tls tls) {
        String part = "tls REST door";
        try {
            List<byte[]> contents = new ArrayList<>();
            for (Path file : tls.files()) {
                contents.add(SmallFile.read(file));
            }
            for (CertifiedKey key : KeyContents.ofTheServer(tls, contents).all()) {
                dates(
                        part,
                        key.chain(),
                        "Renew it and put it in place of the old one: it is taken up without a"
                                + " restart.");
                linked(part, key.chain());
            }
        } catch (MalformedException e) {
            findings.fault(part, e.wrong(), "Check order-lookup.rest.tls-*.");
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

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
    }
}
