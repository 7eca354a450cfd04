package io.github.orderlookup.cli.check.signin;

import static java.util.Objects.requireNonNull;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.SignInAssembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether the token store can be replaced, and read by its owner alone, and how long what is in it
 * lasts.
 */
public final class TokenStoreCheck {
    private static final String PART = "token store";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Getting a user to sign in takes a while. */
    private static final Duration SOON = Duration.ofDays(30);

    private TokenStoreCheck() {}

    /**
     * Looks at the store.
     *
     * @param settings of {@code app-user}
     */
    public static void run(Findings findings, PartnerCenterSettings settings, Clock clock) {
        Path file = requireNonNull(settings.tokenStore()).toAbsolutePath();
        if (isUsable(findings, file)) {
            SignInAssembly.store(settings, clock)
                    .expiry()
                    .ifPresent(end -> expiry(findings, end, clock.instant()));
        }
    }

    /** Before the token that the check asks for replaces it, which it does when all is well. */
    private static void expiry(Findings findings, Instant end, Instant now) {
        long days = Duration.between(now, end).toDays();
        String day = end.toString().substring(0, 10);
        String text = "ends on " + day + " (in " + days + " days) unless it is used before";
        if (!now.isBefore(end)) {
            findings.fault(
                    "refresh token",
                    "ended on " + day,
                    "Let a partner user sign in: java -jar order-lookup.jar sign-in");
        } else if (now.plus(SOON).isAfter(end)) {
            findings.note(
                    "refresh token",
                    text + ": it was not used for weeks",
                    "Look whether the service runs and has lookups; each use renews the token.");
        } else {
            findings.ok("refresh token", text);
        }
    }

    /** Whether the file is there, and fit for use. */
    private static boolean isUsable(Findings findings, Path file) {
        try {
            Path directory = Files.exists(file) ? file.toRealPath().getParent() : file.getParent();
            Files.delete(Files.createTempFile(directory, ".order-lookup-check", null));
        } catch (IOException e) {
            findings.fault(
                    PART,
                    "The directory of " + file + " cannot be written.",
                    "Let the user of the service own it, with room for a file.");
            return false;
        }
        if (!Files.exists(file)) {
            findings.ok(PART, file + " is not there yet; its directory can be written");
            return false;
        }
        return mode(findings, file);
    }

    private static boolean mode(Findings findings, Path file) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                findings.ok(PART, file + " can be replaced; there are no modes on this system");
                return true;
            }
            Set<PosixFilePermission> mode = view.readAttributes().permissions();
            String text = file + " has the mode " + PosixFilePermissions.toString(mode);
            if (OWNER.containsAll(mode)) {
                findings.ok(PART, text);
                return true;
            }
            findings.fault(PART, text, "chmod 600 " + file);
        } catch (IOException e) {
            findings.fault(PART, file + " cannot be looked at.", "Check its owner.");
        }
        return false;
    }
}
