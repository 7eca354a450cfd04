package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.order.Order;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and keys of a host application in files that change while it runs. */
class HostFilesTest {
    private static final String SECRET_FILE = "partner-center.client-secret-file";
    private static final String KEYS_FILE = "order-lookup.rest.api-keys-file";

    @TempDir private Path directory;

    @Test
    void goesOnWithNewSecretsAndKeys() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), Simulator.CLIENT_SECRET);
        Path keys = Files.writeString(directory.resolve("keys"), "key-of-the-host-1");
        int port = FreePort.find();
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .without("partner-center.client-secret")
                        .setting(SECRET_FILE, secret.toString())
                        .setting("camel.server.enabled", "true")
                        .setting("camel.server.host", "127.0.0.1")
                        .setting("camel.server.port", Integer.toString(port))
                        .setting("order-lookup.rest.enabled", "true")
                        .setting(KEYS_FILE, keys.toString())
                        .start()) {
            assertThat(host.outcome("order--1")).isInstanceOf(Order.class);
            assertThat(status(port, "key-of-the-host-1")).isEqualTo(200);

            host.simulator().addSecret("the-next-s3cr3t");
            Files.writeString(secret, "the-next-s3cr3t");
            Files.writeString(keys, "key-of-the-host-2");
            host.simulator().expireSecret(Simulator.CLIENT_SECRET);
            host.simulator().revokeAccessTokens();

            assertThat(host.outcome("order--2")).isInstanceOf(Order.class);
            await().until(() -> status(port, "key-of-the-host-2") == 200);
            assertThat(status(port, "key-of-the-host-1")).isEqualTo(401);
        }
    }

    @Test
    void isStoppedByAFileThatCannotBeUsed() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThatThrownBy(
                        () ->
                                EmbeddedHost.builder()
                                        .without("partner-center.client-secret")
                                        .setting(SECRET_FILE, empty.toString())
                                        .setting(KEYS_FILE, directory.toString())
                                        .start()
                                        .close())
                .rootCause()
                .hasMessageContaining(SECRET_FILE + ": \"" + empty + "\" is empty")
                .hasMessageContaining(KEYS_FILE + ": \"" + directory + "\" is no file");
    }

    private static int status(int port, String key) throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://127.0.0.1:"
                                + port
                                + "/v1/customers/"
                                + CUSTOMER
                                + "/orders/order--1");
        HttpRequest request = HttpRequest.newBuilder(uri).header("X-API-Key", key).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }
}
