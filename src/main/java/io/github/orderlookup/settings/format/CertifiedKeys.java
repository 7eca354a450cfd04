package io.github.orderlookup.settings.format;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Private keys with their certificates, one for each algorithm or fewer.
 *
 * @param all never empty
 */
public record CertifiedKeys(List<CertifiedKey> all) {

    public CertifiedKeys {
        all = List.copyOf(all);
    }

    /** The key that is meant when there is one. */
    public CertifiedKey first() {
        return all.get(0);
    }

    /** When the first of the certificates expires. */
    public Instant expiry() {
        return all.stream().map(CertifiedKey::expiry).min(Comparator.naturalOrder()).orElseThrow();
    }
}
