package io.github.orderlookup.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** A PKCS#12 file with a key and no certificate, which keytool does not make and openssl does. */
public final class KeyAlone {

    private static final String CIPHER = "PBEWithSHA1AndDESede";
    private static final int ITERATIONS = 2048;

    private KeyAlone() {}

    /** Writes the first entry of a key store without its certificate. */
    public static void write(Path file, Path store, String password)
            throws IOException, GeneralSecurityException {
        KeyStore alone = KeyStore.getInstance("PKCS12");
        alone.load(null, password.toCharArray());
        alone.setKeyEntry("alone", encrypted(key(store, password), password), null);
        try (OutputStream out = Files.newOutputStream(file)) {
            alone.store(out, password.toCharArray());
        }
    }

    private static Key key(Path file, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store.getKey(store.aliases().nextElement(), password.toCharArray());
    }

    private static byte[] encrypted(Key key, String password)
            throws IOException, GeneralSecurityException {
        SecretKey secret =
                SecretKeyFactory.getInstance(CIPHER)
                        .generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(new byte[20], ITERATIONS));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()))
                .getEncoded();
    }
}
