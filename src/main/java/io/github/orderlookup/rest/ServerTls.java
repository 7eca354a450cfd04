package io.github.orderlookup.rest;

import io.github.orderlookup.settings.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;

/** The certificate of the REST endpoint in Camel's terms. */
public final class ServerTls {

    private ServerTls() {}

    /**
     * Reads the key and the certificates.
     *
     * @throws IOException when a file cannot be read
     * @throws GeneralSecurityException when it does not hold what it should
     */
    public static SSLContextParameters parameters(Tls tls)
            throws IOException, GeneralSecurityException {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setKeyStore(tls.load());
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(tls.password().reveal());
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        parameters.setServerParameters(new SSLContextServerParameters());
        return parameters;
    }
}
