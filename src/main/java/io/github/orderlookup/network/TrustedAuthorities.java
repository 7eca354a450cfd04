package io.github.orderlookup.network;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.format.CaCertificates;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of this JVM and those of a file, trusted alike. The file is read again when it
 * changes; one that could never be used adds none. Thread-safe.
 */
final class TrustedAuthorities {

    private final Trust ofTheJvm;
    private final @Nullable FileValue<Trust> withFile;

    /** Decides on certificates, and does so for each connection of the context. */
    private record Trust(X509ExtendedTrustManager manager, SSLContext tls) {

        static Trust of(X509ExtendedTrustManager manager) throws GeneralSecurityException {
            return new Trust(manager, context(manager, shown -> {}));
        }
    }

    /**
     * @param file PEM; null for those of the JVM alone
     * @throws IllegalStateException when this JVM has none that it could use
     */
    TrustedAuthorities(@Nullable Path file) {
        try {
            // What javax.net.ssl.trustStore names, else the store that comes with the JVM.
            ofTheJvm = Trust.of(trusting(null));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trusted certificates cannot be used", e);
        }
        withFile = file == null ? null : withFile(file, ofTheJvm.manager().getAcceptedIssuers());
    }

    private static FileValue<Trust> withFile(Path file, X509Certificate[] ofTheJvm) {
        return new FileValue<>(
                "ca-certificates",
                Key.CA_CERTIFICATES.text(),
                List.of(file),
                CaCertificates.LARGEST_FILE,
                (contents, present) ->
                        both(file, CaCertificates.usable(file, contents.get(0)), ofTheJvm));
    }

    /** In one store, so that a chain is judged once and the reason of a refusal is its own. */
    private static Trust both(Path file, List<X509Certificate> added, X509Certificate[] ofTheJvm)
            throws MalformedException {
        try {
            KeyStore both = KeyStore.getInstance("PKCS12");
            both.load(null, null);
            add(both, "jvm", List.of(ofTheJvm));
            add(both, "file", added);
            return Trust.of(trusting(both));
        } catch (IOException | GeneralSecurityException e) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " holds certificates that this JVM cannot use");
        }
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

    private static SSLContext context(
            X509ExtendedTrustManager manager, Consumer<List<X509Certificate>> observer)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager explaining = new ExplainingTrustManager(manager, observer);
        context.init(null, new TrustManager[] {explaining}, null);
        return context;
    }

    private Trust current() {
        Trust both = withFile == null ? null : withFile.value();
        return both == null ? ofTheJvm : both;
    }

    /** Trusts the authorities of this moment. */
    SSLContext tls() {
        return current().tls();
    }

    /**
     * @param observer gets the certificates that a host shows
     */
    SSLContext tls(Consumer<List<X509Certificate>> observer) {
        try {
            return context(current().manager(), observer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trusted certificates cannot be used", e);
        }
    }

    /** The certificates that are trusted at this moment. */
    List<X509Certificate> certificates() {
        return List.of(current().manager().getAcceptedIssuers());
    }

    /** The file, to be watched; empty when the authorities of the JVM decide alone. */
    Optional<FileValue<?>> file() {
        return Optional.ofNullable(withFile);
    }
}
