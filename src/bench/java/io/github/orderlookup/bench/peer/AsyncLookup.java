package io.github.orderlookup.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * One lookup over the JDK's HTTP client, without a thread that waits. The Order is passed on as
 * bytes, unread but for its byte-order mark. Thread-safe.
 */
final class AsyncLookup {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI upstream;
    private final String token;

    AsyncLookup(URI upstream) throws IOException, InterruptedException {
        this.upstream = upstream;
        this.token = signIn();
    }

    /** The bearer token. */
    String token() {
        return token;
    }

    private String signIn() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(upstream.resolve("/tenant/oauth2/v2.0/token"))
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build();
        byte[] answer = client.send(request, BodyHandlers.ofByteArray()).body();
        return MAPPER.readTree(answer).path("access_token").textValue();
    }

    /** The Order that a request record asks for. Fails with whatever goes wrong. */
    CompletableFuture<byte[]> order(byte[] requestJson) throws IOException {
        return order(MAPPER.readTree(requestJson));
    }

    /** As above; reads the Order, and fails unless it is JSON with the id that was asked for. */
    CompletableFuture<byte[]> verifiedOrder(byte[] requestJson) throws IOException {
        JsonNode asked = MAPPER.readTree(requestJson);
        return order(asked).thenApply(order -> verified(order, asked.path("orderId")));
    }

    private static byte[] verified(byte[] order, JsonNode id) {
        try {
            if (MAPPER.readTree(order).path("id").equals(id)) {
                return order;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("not the Order " + id);
    }

    private CompletableFuture<byte[]> order(JsonNode asked) {
        String path =
                "/v1/customers/%s/orders/%s"
                        .formatted(
                                asked.path("customerId").textValue(),
                                asked.path("orderId").textValue());
        HttpRequest request =
                HttpRequest.newBuilder(upstream.resolve(path))
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .timeout(TIMEOUT)
                        .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(AsyncLookup::body);
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode());
        }
        return withoutMark(answer.body());
    }

    /** The answers of Partner Center begin with a byte-order mark. */
    static byte[] withoutMark(byte[] body) {
        boolean marked = body.length > 2 && body[0] == (byte) 0xEF;
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }
}
