package io.github.orderlookup.signin.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
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
        char[] password = certificate.password().reveal().toCharArray();
        try {
            KeyStore store = open(certificate, password);
            String alias = onlyKey(store);
            if (!(store.getKey(alias, password) instanceof PrivateKey key
                    && key instanceof RSAKey)) {
                throw SignInException.refused(FILE + "must hold an RSA key.");
            }
            return ClientCredentialFactory.createFromCertificateChain(key, chain(store, alias));
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword(password);
        } catch (GeneralSecurityException e) {
            throw SignInException.refused(FILE + "holds a key or certificate that cannot be used.");
        }
    }

    private static KeyStore open(Credential.ClientCertificate certificate, char[] password)
            throws SignInException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.file())) {
            store.load(in, password);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException || !isAscii(password)) {
                throw wrongPassword(password);
            }
            throw SignInException.refused(FILE + "cannot be read, or is no PKCS#12.");
        }
    }

    /** Java opens a PKCS#12 file with no other characters, however right the password is. */
    private static boolean isAscii(char[] password) {
        return new String(password).chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static SignInException wrongPassword(char[] password) {
        return SignInException.refused(
                isAscii(password)
                        ? FILE
                                + "cannot be opened with"
                                + " partner-center.client-certificate-password."
                        : FILE
                                + "cannot be opened: Java opens PKCS#12 files with passwords of"
                                + " printable ASCII characters alone. Export it with such a"
                                + " password.");
    }

    private static String onlyKey(KeyStore store) throws SignInException, GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw SignInException.refused(
                    FILE + "must hold one private key, but holds " + keys.size() + ".");
        }
        return keys.get(0);
    }

    private static SignInException withoutCertificate() {
        return SignInException.refused(
                FILE
                        + "holds a private key without its certificate. Export both together into"
                        + " one PKCS#12 file.");
    }

    private static List<X509Certificate> chain(KeyStore store, String alias)
            throws SignInException, GeneralSecurityException {
        Certificate[] certificates = store.getCertificateChain(alias);
        if (certificates == null || certificates.length == 0) {
            throw withoutCertificate();
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : certificates) {
            chain.add((X509Certificate) certificate);
        }
        return chain;
    }
}
