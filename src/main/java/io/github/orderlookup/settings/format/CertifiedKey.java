package io.github.orderlookup.settings.format;

import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A private key with its certificates. Its text form shows neither.
 *
 * @param chain the certificate of the key first; never empty
 */
public record CertifiedKey(PrivateKey privateKey, List<X509Certificate> chain) {

    public CertifiedKey {
        chain = List.copyOf(chain);
    }

    static CertifiedKey of(KeyStore.PrivateKeyEntry entry) {
        return new CertifiedKey(
                entry.getPrivateKey(),
                Arrays.stream(entry.getCertificateChain())
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    /** The certificate of the key. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** When the certificate expires. */
    public Instant expiry() {
        return certificate().getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "CertifiedKey[" + expiry() + "]";
    }
}
