package io.github.orderlookup.network;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Says in an {@link UntrustedException} why certificates are not accepted. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trust;

    /** A decision, which refuses by an exception. */
    private interface Decision {
        void run() throws CertificateException;
    }

    ExplainingTrustManager(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    private static void explain(X509Certificate[] shown, Decision decision)
            throws UntrustedException {
        try {
            decision.run();
        } catch (CertificateException e) {
            throw new UntrustedException(List.of(shown), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
            throws CertificateException {
        explain(shown, () -> trust.checkServerTrusted(shown, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
            throws CertificateException {
        explain(shown, () -> trust.checkServerTrusted(shown, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType)
            throws CertificateException {
        explain(shown, () -> trust.checkServerTrusted(shown, authType));
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
