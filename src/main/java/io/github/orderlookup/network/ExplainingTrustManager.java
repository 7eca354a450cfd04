package io.github.orderlookup.network;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Says in an {@link UntrustedException} why certificates are not accepted, and passes on what a
 * host shows.
 */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trust;
    private final Consumer<List<X509Certificate>> observer;

    /** A decision, which refuses by an exception. */
    private interface Decision {
        void run() throws CertificateException;
    }

    /**
     * @param observer gets the certificates of a host, its own first, before they are judged
     */
    ExplainingTrustManager(
            X509ExtendedTrustManager trust, Consumer<List<X509Certificate>> observer) {
        this.trust = trust;
        this.observer = observer;
    }

    private void explain(X509Certificate[] shown, Decision decision) throws UntrustedException {
        observer.accept(List.of(shown));
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
