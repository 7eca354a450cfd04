package io.github.orderlookup.network;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The certificates of a host are not accepted. The message is for an operator. */
public final class UntrustedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** They are for another host. */
        NAME,
        /** One of them has expired, or is not valid yet. */
        DATES,
        /** No trusted authority has issued them. */
        AUTHORITY,
        OTHER
    }

    private final Reason reason;

    UntrustedException(List<X509Certificate> chain, CertificateException cause) {
        super(words(chain, reason(cause)), cause);
        this.reason = reason(cause);
    }

    /** The refusal that is the cause of a failed handshake; empty when it failed otherwise. */
    public static Optional<UntrustedException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedException untrusted) {
                return Optional.of(untrusted);
            }
        }
        return Optional.empty();
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong, as a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    private static Reason reason(CertificateException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAboutDates(cause)) {
                return Reason.DATES;
            }
            if (cause.getClass() == CertificateException.class) {
                return Reason.NAME;
            }
            if (cause instanceof CertPathBuilderException) {
                return Reason.AUTHORITY;
            }
        }
        return Reason.OTHER;
    }

    private static boolean isAboutDates(Throwable cause) {
        return cause instanceof CertificateExpiredException
                || cause instanceof CertificateNotYetValidException
                || (cause instanceof CertPathValidatorException path
                        && (path.getReason() == BasicReason.EXPIRED
                                || path.getReason() == BasicReason.NOT_YET_VALID));
    }

    private static String words(List<X509Certificate> chain, Reason reason) {
        if (chain.isEmpty()) {
            return "It shows no certificate.";
        }
        X509Certificate last = chain.get(chain.size() - 1);
        return switch (reason) {
            case NAME ->
                    "Its certificate is for another host: "
                            + chain.get(0).getSubjectX500Principal().getName()
                            + ".";
            case DATES -> "A certificate of it is not within its dates.";
            case AUTHORITY ->
                    "Its certificate was issued by "
                            + last.getIssuerX500Principal().getName()
                            + ", which is not trusted. If that is your company's proxy, add the"
                            + " certificate of this authority to partner-center.ca-certificates.";
            case OTHER -> "Its certificate is not accepted.";
        };
    }
}
