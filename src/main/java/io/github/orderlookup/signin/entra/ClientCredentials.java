package io.github.orderlookup.signin.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.format.CertifiedKey;
import io.github.orderlookup.settings.format.CertifiedKeys;
import io.github.orderlookup.settings.format.FileContents;
import io.github.orderlookup.settings.format.KeyContents;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.signin.SignInException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configured credential for MSAL4J. One that stands in a file is read again for each sign-in.
 * While the file cannot be used, its previous content stays in use. Thread-safe.
 */
public final class ClientCredentials {
    private final Source<?> source;

    /**
     * Where the credential comes from.
     *
     * @param file null when it is a setting
     */
    private record Source<T>(
            @Nullable FileValue<T> file, @Nullable T fixed, Function<T, IClientCredential> msal) {

        IClientCredential current() throws SignInException {
            T value = file == null ? fixed : file.value();
            if (value == null) {
                String key = file == null ? "" : file.key();
                throw SignInException.refused(
                        "The file of " + key + " cannot be used; readiness and the log say why.");
            }
            return msal.apply(value);
        }
    }

    private ClientCredentials(Source<?> source) {
        this.source = source;
    }

    /**
     * Reads the file, if the credential stands in one.
     *
     * @param wall the wall clock, for the dates of certificates and assertions
     */
    public static ClientCredentials of(Credential credential, InstantSource wall) {
        if (credential instanceof Credential.ClientSecret secret) {
            return new ClientCredentials(
                    new Source<>(null, secret.secret(), ClientCredentials::secret));
        }
        if (credential instanceof Credential.ClientSecretFile secret) {
            return new ClientCredentials(
                    new Source<>(secretFile(secret.file()), null, ClientCredentials::secret));
        }
        if (credential instanceof Credential.ClientAssertionFile assertion) {
            return new ClientCredentials(
                    new Source<>(
                            assertionFile(assertion.file(), wall),
                            null,
                            ClientCredentials::assertion));
        }
        return new ClientCredentials(
                new Source<>(
                        certificateFile((Credential.ClientCertificate) credential, wall),
                        null,
                        ClientCredentials::certificate));
    }

    private static FileValue<Secret> secretFile(Path file) {
        return new FileValue<>(
                "client-secret",
                Key.CLIENT_SECRET_FILE.text(),
                List.of(file),
                (contents, present) -> FileContents.clientSecret(file, contents.get(0)));
    }

    private static FileValue<CertifiedKeys> certificateFile(
            Credential.ClientCertificate certificate, InstantSource wall) {
        Path file = certificate.file();
        Path passwordFile = certificate.passwordFile();
        return new FileValue<>(
                FileWatch.CLIENT_CERTIFICATE,
                Key.CLIENT_CERTIFICATE.text(),
                passwordFile == null ? List.of(file) : List.of(file, passwordFile),
                (contents, present) -> {
                    Secret password =
                            passwordFile == null
                                    ? certificate.password()
                                    : FileContents.password(passwordFile, contents.get(1));
                    CertifiedKeys keys =
                            KeyContents.ofTheApplication(file, contents.get(0), password);
                    if (present != null) {
                        KeyContents.requireValid(file, keys, wall.instant());
                    }
                    return keys;
                });
    }

    private static FileValue<Secret> assertionFile(Path file, InstantSource wall) {
        return new FileValue<>(
                "client-assertion",
                Key.CLIENT_ASSERTION_FILE.text(),
                List.of(file),
                (contents, present) -> {
                    Secret assertion = FileContents.assertion(file, contents.get(0));
                    if (present != null) {
                        refuseExpiredReplacement(file, assertion, present, wall);
                    }
                    return assertion;
                });
    }

    /** An expired assertion does not replace one that has not expired. */
    private static void refuseExpiredReplacement(
            Path file, Secret next, Secret present, InstantSource wall) throws MalformedException {
        Assertion found = Assertion.of(next);
        if (found.isExpired(wall.instant()) && !Assertion.of(present).isExpired(wall.instant())) {
            throw new MalformedException(found.expired(file));
        }
    }

    private static IClientCredential secret(Secret secret) {
        return ClientCredentialFactory.createFromSecret(secret.reveal());
    }

    private static IClientCredential assertion(Secret assertion) {
        return ClientCredentialFactory.createFromClientAssertion(assertion.reveal());
    }

    private static IClientCredential certificate(CertifiedKeys keys) {
        CertifiedKey key = keys.first();
        return ClientCredentialFactory.createFromCertificateChain(key.privateKey(), key.chain());
    }

    /**
     * The credential to use now.
     *
     * @throws SignInException when its file could never be used; says nothing of its content
     */
    IClientCredential current() throws SignInException {
        return source.current();
    }

    /**
     * Looks at the file, whether it has changed.
     *
     * @return equals what it was before as long as the credential is the same
     */
    Object lookAgain() {
        FileValue<?> file = source.file();
        if (file == null) {
            return "";
        }
        file.lookNow();
        Object value = file.value();
        return value == null ? "" : value;
    }

    /** The file that it stands in, to be watched; empty when it is a setting. */
    public Optional<FileValue<?>> file() {
        return Optional.ofNullable(source.file());
    }
}
