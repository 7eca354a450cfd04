package io.github.orderlookup.system.security;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.simulator.http.SelfSignedCertificate;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST endpoint of the packaged jar behind a certificate of its own. */
class RestTlsIT {

    private static final String PASSWORD = "of the keystore";

    @Test
    void answersOverTlsAndOverNothingElse(@TempDir Path directory) throws Exception {
        Path keyStore = directory.resolve("rest.p12");
        X509Certificate certificate = SelfSignedCertificate.ofAServer(keyStore, PASSWORD);
        assertAnswers(
                certificate,
                RunningService.builder()
                        .withoutKafka()
                        .setting("order-lookup.rest.tls-keystore", keyStore.toString())
                        .setting("order-lookup.rest.tls-keystore-password", PASSWORD));
    }

    @Test
    void answersWithACertificateInPem(@TempDir Path directory) throws Exception {
        Path keyStore = directory.resolve("rest.p12");
        X509Certificate certificate = SelfSignedCertificate.ofAServer(keyStore, PASSWORD);
        KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey(keys.aliases().nextElement(), PASSWORD.toCharArray());

        assertAnswers(
                certificate,
                RunningService.builder()
                        .withoutKafka()
                        .setting(
                                "order-lookup.rest.tls-certificate",
                                pem(directory, "CERTIFICATE", certificate.getEncoded()))
                        .setting(
                                "order-lookup.rest.tls-key",
                                pem(directory, "PRIVATE KEY", key.getEncoded())));
    }

    private static String pem(Path directory, String label, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                        directory.resolve(label + ".pem"),
                        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, base64))
                .toString();
    }

    private static void assertAnswers(X509Certificate certificate, RunningService.Builder options)
            throws Exception {
        try (RunningService service = options.start()) {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();

            HttpResponse<String> answer =
                    client.send(lookUp("https", service), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.sslSession()).isPresent();
            assertThatThrownBy(() -> client.send(lookUp("http", service), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpRequest lookUp(String scheme, RunningService service) {
        URI rest = service.rest();
        String path = "/v1/customers/" + CUSTOMER + "/orders/order--of-the-tls-test";
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + rest.getPort() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-API-Key", RunningService.API_KEY)
                .build();
    }

    private static SSLContext trusting(X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("rest", certificate);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
