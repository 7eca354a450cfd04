package io.github.orderlookup.cli.check.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One TLS handshake as the service makes it, which keeps the certificates of the host even when
 * they are not accepted. Sends nothing.
 */
public final class TlsProbe {

    /** Why the certificates were not accepted. */
    enum Refusal {
        NAME,
        DATES,
        TRUST,
        OTHER
    }

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final URI origin;
    private final int timeoutMillis;
    private final X509ExtendedTrustManager trust;
    private List<X509Certificate> chain = List.of();
    private @Nullable Refusal refusal;

    /**
     * @param trust decides on the certificates, as {@link #platform()} does for the service
     */
    TlsProbe(URI origin, Duration timeout, X509ExtendedTrustManager trust) {
        this.origin = origin;
        this.trust = trust;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * Connects, with a TLS handshake if {@code tls}.
     *
     * @throws IOException when the host does not listen
     */
    void connect(boolean tls) throws IOException {
        String host = origin.getHost();
        int port = origin.getPort() >= 0 ? origin.getPort() : tls ? HTTPS : HTTP;
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(name, port), timeoutMillis);
            if (tls) {
                handshake(socket, name, port);
            }
        }
    }

    private void handshake(Socket socket, String host, int port) {
        try {
            socket.setSoTimeout(timeoutMillis);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Remembering()}, null);
            try (SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
            }
        } catch (SSLException e) {
            refusal = refusal(e);
        } catch (IOException | GeneralSecurityException e) {
            refusal = Refusal.OTHER;
        }
    }

    /** Leaf first; empty when none was shown. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** Empty when the handshake went well. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    private static Refusal refusal(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException
                    || (cause instanceof CertPathValidatorException path
                            && (path.getReason() == BasicReason.EXPIRED
                                    || path.getReason() == BasicReason.NOT_YET_VALID))) {
                return Refusal.DATES;
            }
            if (cause.getClass() == CertificateException.class) {
                return Refusal.NAME;
            }
            if (cause instanceof java.security.cert.CertPathBuilderException) {
                return Refusal.TRUST;
            }
        }
        return Refusal.OTHER;
    }

    /** What this JVM trusts. */
    public static X509ExtendedTrustManager platform() {
        try {
            return trusting(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust store of this JVM cannot be used", e);
        }
    }

    /**
     * Trusts the certificates in a store.
     *
     * @param store null for what this JVM trusts
     */
    static X509ExtendedTrustManager trusting(@Nullable KeyStore store)
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

    /** The platform's trust manager, after the certificates have been noted. */
    private final class Remembering extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
                throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, authType, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
                throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String authType)
                throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket)
                throws CertificateException {
            trust.checkClientTrusted(shown, authType, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
                throws CertificateException {
            trust.checkClientTrusted(shown, authType, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String authType)
                throws CertificateException {
            trust.checkClientTrusted(shown, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
