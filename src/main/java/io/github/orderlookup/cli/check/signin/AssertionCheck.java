package io.github.orderlookup.cli.check.signin;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.Cloud;
import io.github.orderlookup.settings.format.FileContents;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import io.github.orderlookup.signin.entra.Assertion;
import io.github.orderlookup.text.Quoted;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Reports what the token of a federated credential says of itself, which must be what the
 * application in Entra ID names. The token itself is never shown.
 */
public final class AssertionCheck {
    private static final String PART = "client assertion";

    private AssertionCheck() {}

    public static void run(Findings findings, Path file, Cloud cloud, Clock clock) {
        Assertion assertion;
        try {
            assertion = Assertion.of(FileContents.assertion(file, SmallFile.read(file)));
        } catch (MalformedException e) {
            findings.fault(PART, e.wrong(), "Check partner-center.client-assertion-file.");
            return;
        }
        findings.ok("assertion issuer", shown(assertion.issuer()));
        findings.ok("assertion subject", shown(assertion.subject()));
        audience(findings, assertion, cloud);
        expiry(findings, assertion, clock.instant());
    }

    private static void audience(Findings findings, Assertion assertion, Cloud cloud) {
        String expected = cloud.tokenExchangeAudience();
        String part = "assertion audience";
        String found = shown(String.join(", ", assertion.audiences()));
        if (assertion.audiences().contains(expected)) {
            findings.ok(part, found);
        } else {
            findings.fault(
                    part,
                    found + "; expected is " + expected,
                    "Let the issuer write a token for the audience "
                            + expected
                            + ", and check partner-center.cloud.");
        }
    }

    private static void expiry(Findings findings, Assertion assertion, Instant now) {
        String part = "assertion expiry";
        if (assertion.expiry().isEmpty()) {
            findings.fault(part, "none", "Check that the file holds a token.");
            return;
        }
        Instant end = assertion.expiry().get();
        if (assertion.isExpired(now)) {
            findings.fault(
                    part,
                    "expired at " + end,
                    "See that the issuer's agent (the kubelet, the CI job) renews the file, and that"
                            + " the clock of this machine is right.");
        } else {
            findings.ok(
                    part,
                    String.format(
                            Locale.ROOT,
                            "%s (in %d minutes)",
                            end,
                            Duration.between(now, end).toMinutes()));
        }
    }

    private static String shown(String claim) {
        return claim.isEmpty() ? "none" : Quoted.escaped(claim);
    }
}
