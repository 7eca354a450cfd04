package io.github.orderlookup.bench.upstream;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** The process of {@link UpstreamMain}, and how to tell it what to do. */
public final class Upstream implements AutoCloseable {

    private final URI origin;
    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private Upstream(int port, ChildProcess process) {
        this.origin = URI.create("http://127.0.0.1:" + port);
        this.process = process;
    }

    public static Upstream start(Path directory) {
        int port = FreePort.find();
        return new Upstream(
                port,
                JavaCommand.ofMain("upstream", UpstreamMain.class)
                        .directory(directory)
                        .options("-Xmx1g")
                        .arguments(Integer.toString(port))
                        .start()
                        .awaitStdout(UpstreamMain.READY));
    }

    public URI origin() {
        return origin;
    }

    /** How calls are answered from now on. */
    public void behave(Delay delay, int bytes) throws Exception {
        URI address = origin.resolve("/behaviour?delay=" + delay.text() + "&bytes=" + bytes);
        HttpRequest request =
                HttpRequest.newBuilder(address).PUT(HttpRequest.BodyPublishers.noBody()).build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("The upstream answers " + status);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
