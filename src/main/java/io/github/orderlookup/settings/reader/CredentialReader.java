package io.github.orderlookup.settings.reader;

import static java.util.Objects.requireNonNullElse;

import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.format.FileContents;
import io.github.orderlookup.settings.format.FileFormats;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Credential}: exactly one kind, each part a setting or in a file. */
final class CredentialReader {
    private static final Secret NOTHING = new Secret("");

    /** One of them is needed, and no more than one is accepted. */
    private static final List<Key> KINDS =
            List.of(
                    Key.CLIENT_SECRET,
                    Key.CLIENT_SECRET_FILE,
                    Key.CLIENT_CERTIFICATE,
                    Key.CLIENT_ASSERTION_FILE);

    private static final String ONE = "exactly one of " + list(KINDS);

    private final Values values;

    CredentialReader(Values values) {
        this.values = values;
    }

    Credential read() {
        Secret secret = values.optional(Key.CLIENT_SECRET, Formats.TOKEN_LIKE);
        Path secretFile = values.optional(Key.CLIENT_SECRET_FILE, FileFormats.CLIENT_SECRET_FILE);
        Credential certificate = certificate();
        Path assertion = values.optional(Key.CLIENT_ASSERTION_FILE, FileFormats.ASSERTION_FILE);
        checkOneKind();
        if (certificate != null) {
            return certificate;
        }
        if (assertion != null) {
            return new Credential.ClientAssertionFile(assertion);
        }
        return secretFile != null
                ? new Credential.ClientSecretFile(secretFile)
                : new Credential.ClientSecret(requireNonNullElse(secret, NOTHING));
    }

    private @Nullable Credential certificate() {
        Secret setting = values.optional(Key.CLIENT_CERTIFICATE_PASSWORD, Formats.PASSWORD);
        Path passwordFile =
                values.optional(Key.CLIENT_CERTIFICATE_PASSWORD_FILE, FileFormats.PASSWORD_FILE);
        Secret password = passwordFile == null ? requireNonNullElse(setting, NOTHING) : NOTHING;
        Secret opens = passwordFile == null ? password : content(passwordFile);
        Path file =
                values.optional(
                        Key.CLIENT_CERTIFICATE,
                        values.areValid(
                                        Key.CLIENT_CERTIFICATE_PASSWORD,
                                        Key.CLIENT_CERTIFICATE_PASSWORD_FILE)
                                ? FileFormats.clientCertificate(opens)
                                : FileFormats.READABLE);
        values.refuseBoth(Key.CLIENT_CERTIFICATE_PASSWORD, Key.CLIENT_CERTIFICATE_PASSWORD_FILE);
        values.requireWith(Key.CLIENT_CERTIFICATE_PASSWORD, Key.CLIENT_CERTIFICATE);
        values.requireWith(Key.CLIENT_CERTIFICATE_PASSWORD_FILE, Key.CLIENT_CERTIFICATE);
        return file == null ? null : new Credential.ClientCertificate(file, password, passwordFile);
    }

    private Secret content(Path passwordFile) {
        try {
            return FileContents.password(passwordFile, SmallFile.read(passwordFile));
        } catch (MalformedException e) {
            values.add(
                    Key.CLIENT_CERTIFICATE_PASSWORD_FILE,
                    e.wrong(),
                    FileFormats.PASSWORD_FILE.accepted());
            return NOTHING;
        }
    }

    private void checkOneKind() {
        List<Key> set = KINDS.stream().filter(values::isSet).toList();
        if (set.size() > 1) {
            String others = list(set.subList(1, set.size()));
            values.add(set.get(0), "is set, and so is " + others, ONE);
        }
        if (KINDS.stream().allMatch(values::isMissing)) {
            String others = list(KINDS.subList(1, KINDS.size()));
            values.add(Key.CLIENT_SECRET, "is missing, and so are " + others, ONE);
        }
    }

    private static String list(List<Key> keys) {
        return keys.stream().map(Key::text).collect(Collectors.joining(", "));
    }
}
