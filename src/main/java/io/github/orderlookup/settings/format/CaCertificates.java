package io.github.orderlookup.settings.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.orderlookup.text.Quoted;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Converts the PEM file of {@code partner-center.ca-certificates}. The path is for the message
 * alone.
 */
public final class CaCertificates {

    /** 8 MiB: a bundle of every public authority has a quarter of a megabyte. */
    public static final int LARGEST_FILE = 8 << 20;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private CaCertificates() {}

    /**
     * Every certificate of the file, of which at least one has not expired: a bundle may hold
     * authorities of the past, but not alone.
     *
     * @throws MalformedException when there is none, or one cannot be read
     */
    public static List<X509Certificate> usable(Path file, byte[] content)
            throws MalformedException {
        List<X509Certificate> certificates = parse(file, content);
        if (certificates.stream().allMatch(KeyContents::hasExpired)) {
            Instant latest =
                    certificates.stream()
                            .map(certificate -> certificate.getNotAfter().toInstant())
                            .max(Instant::compareTo)
                            .orElseThrow();
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + " holds expired certificates alone, the last until "
                            + latest.toString().substring(0, 10));
        }
        return certificates;
    }

    /**
     * Every certificate of the file, in its order. Text around them, keys included, is passed over.
     *
     * @throws MalformedException when there is none, or one cannot be read
     */
    public static List<X509Certificate> parse(Path file, byte[] content) throws MalformedException {
        String text = new String(content, ISO_8859_1);
        if (text.isBlank()) {
            throw new MalformedException(Quoted.ofPath(file) + " is empty");
        }
        if (!text.contains(BEGIN)) {
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + (text.startsWith("0\u0082")
                                    ? " is in the binary form DER, not PEM; openssl x509 -inform"
                                            + " der converts it"
                                    : " holds no PEM certificate"));
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
            int number = certificates.size() + 1;
            certificates.add(certificate(file, text, begin + BEGIN.length(), number));
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(Path file, String text, int begin, int number)
            throws MalformedException {
        int end = text.indexOf(END, begin);
        int next = text.indexOf(BEGIN, begin);
        if (end < 0 || (next >= 0 && next < end)) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " is cut short in certificate " + number);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin, end));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException e) {
            throw new MalformedException(
                    Quoted.ofPath(file) + " is damaged in certificate " + number);
        }
    }

    /**
     * Whether it may sign others. One that may not is trusted as it stands, until the host replaces
     * it.
     */
    public static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0 || certificate.getVersion() < 3;
    }
}
