package io.github.orderlookup.cli.check.signin;

import io.github.orderlookup.cli.check.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Whether the token store can be replaced, and read by its owner alone. */
public final class TokenStoreCheck {
    private static final String PART = "token store";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private TokenStoreCheck() {}

    public static void run(Findings findings, Path setting) {
        Path file = setting.toAbsolutePath();
        try {
            Path directory = Files.exists(file) ? file.toRealPath().getParent() : file.getParent();
            Files.delete(Files.createTempFile(directory, ".order-lookup-check", null));
        } catch (IOException e) {
            findings.fault(
                    PART,
                    "The directory of " + file + " cannot be written.",
                    "Let the user of the service own it, with room for a file.");
            return;
        }
        if (!Files.exists(file)) {
            findings.ok(PART, file + " is not there yet; its directory can be written");
            return;
        }
        mode(findings, file);
    }

    private static void mode(Findings findings, Path file) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                findings.ok(PART, file + " can be replaced; there are no modes on this system");
                return;
            }
            Set<PosixFilePermission> mode = view.readAttributes().permissions();
            String text = file + " has the mode " + PosixFilePermissions.toString(mode);
            if (OWNER.containsAll(mode)) {
                findings.ok(PART, text);
            } else {
                findings.fault(PART, text, "chmod 600 " + file);
            }
        } catch (IOException e) {
            findings.fault(PART, file + " cannot be looked at.", "Check its owner.");
        }
    }
}
