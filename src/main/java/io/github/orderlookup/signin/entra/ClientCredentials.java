package io.github.orderlookup.signin.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.KeyFiles;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads the configured credential for MSAL4J. A certificate file is read anew for each sign-in, so
 * that a renewed certificate is taken up without a restart.
 */
final class ClientCredentials {
    private static final String FILE = "The file of partner-center.client-certificate ";

    private ClientCredentials() {}

    /**
     * @throws SignInException if the certificate file cannot be used; says how, and nothing of its
     *     content
     */
    static IClientCredential read(Credential credential) throws SignInException {
        if (credential instanceof Credential.ClientSecret secret) {
            return ClientCredentialFactory.createFromSecret(secret.secret().reveal());
        }
        return certificate((Credential.ClientCertificate) credential);
    }

    private static IClientCredential certificate(Credential.ClientCertificate certificate)
            throws SignInException {
        try {
            KeyStore.PrivateKeyEntry entry = onlyKey(certificate);
            if (!(entry.getPrivateKey() instanceof RSAKey)) {
                throw SignInException.refused(FILE + "must hold an RSA key.");
            }
            List<X509Certificate> chain =
                    Arrays.stream(entry.getCertificateChain())
                            .map(X509Certificate.class::cast)
                            .toList();
            return ClientCredentialFactory.createFromCertificateChain(entry.getPrivateKey(), chain);
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword(certificate.password());
        } catch (GeneralSecurityException e) {
            throw SignInException.refused(FILE + "holds a key or certificate that cannot be used.");
        }
    }

    private static KeyStore.PrivateKeyEntry onlyKey(Credential.ClientCertificate certificate)
            throws SignInException, GeneralSecurityException {
        KeyStore store = open(certificate);
        long keys = 0;
        for (String alias : Collections.list(store.aliases())) {
            keys += store.isKeyEntry(alias) ? 1 : 0;
        }
        if (keys != 1) {
            throw SignInException.refused(
                    FILE + "must hold one private key, but holds " + keys + ".");
        }
        return KeyFiles.privateKeys(store, certificate.password()).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                SignInException.refused(
                                        FILE
                                                + "holds a private key without its certificate."
                                                + " Export both together into one PKCS#12 file."));
    }

    private static KeyStore open(Credential.ClientCertificate certificate)
            throws SignInException, GeneralSecurityException {
        Secret password = certificate.password();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.file())) {
            store.load(in, password.reveal().toCharArray());
            return store;
        } catch (IOException e) {
            if (KeyFiles.isAboutPassword(e) || !KeyFiles.isAscii(password)) {
                throw wrongPassword(password);
            }
            throw SignInException.refused(FILE + "cannot be read, or is no PKCS#12.");
        }
    }

    private static SignInException wrongPassword(Secret password) {
        return SignInException.refused(
                KeyFiles.isAscii(password)
                        ? FILE
                                + "cannot be opened with"
                                + " partner-center.client-certificate-password."
                        : FILE
                                + "cannot be opened: Java opens PKCS#12 files with passwords of"
                                + " printable ASCII characters alone. Export it with such a"
                                + " password.");
    }
}
