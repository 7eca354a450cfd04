package io.github.orderlookup.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks over REST. */
final class RestCaller {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;

    RestCaller(String origin) {
        this.origin = origin;
    }

    Outcome ask(Example example, String correlationId) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(origin + example.request()))
                        .header("MS-CorrelationId", correlationId)
                        .timeout(PATIENCE)
                        .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        String where = "HTTP " + answer.statusCode();
        return answer.statusCode() == 200
                ? Outcome.found(where, 0)
                : Outcome.problem(JSON.readTree(answer.body()).path("type").asText(), where, 0);
    }
}
