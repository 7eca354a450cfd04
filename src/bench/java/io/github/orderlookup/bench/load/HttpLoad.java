package io.github.orderlookup.bench.load;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The process of {@link HttpLoadMain}. */
public final class HttpLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int port;
    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpLoad(int port, ChildProcess process) {
        this.port = port;
        this.process = process;
    }

    public static HttpLoad start(Path directory) {
        int port = FreePort.find();
        return new HttpLoad(
                port,
                JavaCommand.ofMain("load", HttpLoadMain.class)
                        .directory(directory)
                        .options("-Xmx1g")
                        .arguments(Integer.toString(port))
                        .start()
                        .awaitStdout(HttpLoadMain.READY));
    }

    /** Loads a REST endpoint for some seconds. */
    public Map<Measure, Double> on(int target, int connections, double seconds) throws Exception {
        URI address =
                URI.create(
                        "http://127.0.0.1:%d/load?port=%d&connections=%d&seconds=%s"
                                .formatted(port, target, connections, seconds));
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        JsonObject figures = new JsonObject(answer.body());
        return Map.of(
                Measure.RATE, figures.getDouble("perSecond"),
                Measure.P50, figures.getDouble("p50"),
                Measure.P99, figures.getDouble("p99"));
    }

    @Override
    public void close() {
        process.close();
    }
}
