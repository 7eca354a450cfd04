package io.github.orderlookup.network;

import io.github.orderlookup.settings.CaCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities of this JVM and those of a file, trusted alike. Thread-safe. */
final class TrustedAuthorities {

    private final X509ExtendedTrustManager trust;
    private final SSLContext tls;

    /**
     * @param file PEM; null for those of the JVM alone
     * @throws IllegalStateException when the file, which was read before, cannot be read any more
     */
    TrustedAuthorities(@Nullable Path file) {
        try {
            trust = new ExplainingTrustManager(file == null ? ofTheJvm() : withFile(file));
            tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trust}, null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The trusted certificates cannot be used", e);
        }
    }

    SSLContext tls() {
        return tls;
    }

    X509ExtendedTrustManager trust() {
        return trust;
    }

    /** What {@code javax.net.ssl.trustStore} names, else the store that comes with the JVM. */
    private static X509ExtendedTrustManager ofTheJvm() throws GeneralSecurityException {
        return trusting(null);
    }

    /** In one store, so that a chain is judged once and the reason of a refusal is its own. */
    private static X509ExtendedTrustManager withFile(Path file)
            throws IOException, GeneralSecurityException {
        KeyStore both = KeyStore.getInstance("PKCS12");
        both.load(null, null);
        add(both, "jvm", List.of(ofTheJvm().getAcceptedIssuers()));
        add(both, "file", CaCertificates.read(file));
        return trusting(both);
    }

    private static void add(KeyStore store, String prefix, List<X509Certificate> certificates)
            throws GeneralSecurityException {
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(prefix + "-" + i, certificates.get(i));
        }
    }

    private static X509ExtendedTrustManager trusting(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("This platform has no trust manager for X.509");
    }
}
