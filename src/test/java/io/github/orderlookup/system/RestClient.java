package io.github.orderlookup.system;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;

import io.github.orderlookup.description.RestContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the REST endpoint and the health checks of a service. Thread-safe. */
public final class RestClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI rest;
    private final URI management;

    public RestClient(RunningService service) {
        this(service.rest(), service.management());
    }

    public RestClient(URI rest, URI management) {
        this.rest = rest;
        this.management = management;
    }

    /** Looks an order up with the key of the tests. */
    public HttpResponse<String> lookUp(String orderId) {
        return lookUp(orderId, "X-API-Key", RunningService.API_KEY);
    }

    /** Looks an order up with these headers alone. */
    public HttpResponse<String> lookUp(String orderId, String... headers) {
        try {
            return described(HTTP.send(request(orderId, headers), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is at an address, whatever it is. */
    public static HttpResponse<String> get(URI address) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Looks an order up meanwhile. */
    public CompletableFuture<HttpResponse<String>> lookUpAside(String orderId) {
        return HTTP.sendAsync(
                        request(orderId, "X-API-Key", RunningService.API_KEY),
                        BodyHandlers.ofString())
                .thenApply(RestClient::described);
    }

    /** Looks an order up meanwhile, whatever the size of the answer: its body is left out. */
    public CompletableFuture<HttpResponse<Void>> lookUpUnread(String orderId) {
        return HTTP.sendAsync(
                request(orderId, "X-API-Key", RunningService.API_KEY), BodyHandlers.discarding());
    }

    private static HttpResponse<String> described(HttpResponse<String> answer) {
        RestContract.check(
                answer.request().method(),
                answer.uri().getRawPath(),
                answer.statusCode(),
                answer.headers().map(),
                answer.body().getBytes(StandardCharsets.UTF_8));
        return answer;
    }

    /** Whether the service says that it is ready; false also when it does not answer. */
    public boolean isReady() {
        return isUp("/observe/health/ready");
    }

    /** Whether the service says that it is alive. */
    public boolean isAlive() {
        return isUp("/observe/health/live");
    }

    /** What the service says of its readiness; nothing when it does not answer. */
    public String readiness() {
        return health("/observe/health/ready").map(HttpResponse::body).orElse("");
    }

    private boolean isUp(String path) {
        return health(path).filter(answer -> answer.statusCode() == 200).isPresent();
    }

    private Optional<HttpResponse<String>> health(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(management.resolve(path)).timeout(PATIENCE).build();
            return Optional.of(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String orderId, String... headers) {
        URI uri = rest.resolve("/v1/customers/" + CUSTOMER + "/orders/" + orderId);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}
