package io.github.orderlookup.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the PEM file of {@code partner-center.ca-certificates}. Pure but for the file. */
public final class CaCertificates {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /** A bundle of every public authority has a quarter of a megabyte. */
    private static final int LARGEST_FILE = 8 * 1024 * 1024;

    private CaCertificates() {}

    /**
     * Every certificate of the file, in its order. Text around them, keys included, is passed over.
     *
     * @throws CertificateException when there is none, or one cannot be read; the message follows
     *     the name of the file
     */
    public static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new CertificateException("is larger than 8 MiB");
            }
            return parse(new String(bytes, ISO_8859_1));
        }
    }

    private static List<X509Certificate> parse(String text) throws CertificateException {
        if (text.isBlank()) {
            throw new CertificateException("is empty");
        }
        if (!text.contains(BEGIN)) {
            throw new CertificateException(
                    text.startsWith("0\u0082")
                            ? "is in the binary form DER, not PEM; openssl x509 -inform der"
                                    + " converts it"
                            : "holds no PEM certificate");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
            certificates.add(certificate(text, begin + BEGIN.length(), certificates.size() + 1));
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(String text, int begin, int number)
            throws CertificateException {
        int end = text.indexOf(END, begin);
        int next = text.indexOf(BEGIN, begin);
        if (end < 0 || (next >= 0 && next < end)) {
            throw new CertificateException("is cut short in certificate " + number);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin, end));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException e) {
            throw new CertificateException("is damaged in certificate " + number, e);
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
