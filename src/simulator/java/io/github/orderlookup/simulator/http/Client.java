package io.github.orderlookup.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks to a simulator with the JDK's client, which hides nothing. */
public final class Client {

    private final Simulator simulator;
    private final HttpClient http;

    public Client(Simulator simulator) {
        this.simulator = simulator;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trusting())
                        .build();
    }

    public HttpResponse<byte[]> order(String customerId, String orderId)
            throws IOException, InterruptedException {
        return get(
                "/v1/customers/" + customerId + "/orders/" + orderId,
                "Authorization",
                "Bearer " + simulator.accessToken());
    }

    public HttpResponse<byte[]> order(String customerId, String orderId, Duration timeout)
            throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        simulator.apiUrl() + "/v1/customers/" + customerId + "/orders/" + orderId);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + simulator.accessToken())
                        .build();
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("No whole answer");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    public HttpResponse<byte[]> get(String pathAndQuery, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.apiUrl() + pathAndQuery))
                        .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> post(String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(simulator.apiUrl() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A token request of the registered application, with these fields over the usual ones. */
    public HttpResponse<byte[]> token(String tenant, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> form = new TreeMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", Simulator.CLIENT_ID);
        form.put("client_secret", Simulator.CLIENT_SECRET);
        form.put("scope", Simulator.RESOURCE + "/.default");
        form.putAll(fields);
        String body =
                form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        URI uri = URI.create(simulator.loginUrl() + "/" + tenant + "/oauth2/v2.0/token");
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> token(Map<String, String> fields)
            throws IOException, InterruptedException {
        return token(Simulator.TENANT_ID, fields);
    }

    public static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static SSLContext trusting() {
        try (InputStream in = Files.newInputStream(Simulator.trustStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, "changeit".toCharArray());
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
