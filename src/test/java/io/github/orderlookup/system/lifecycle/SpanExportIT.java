package io.github.orderlookup.system.lifecycle;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.SpanCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of the packaged jar, at a collector that the environment names. */
class SpanExportIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

    @Test
    void sendsTheSpansOfALookupToTheCollectorBeforeItEnds() throws IOException {
        try (SpanCollector collector = new SpanCollector();
                RunningService service =
                        RunningService.builder()
                                .withoutKafka()
                                .environment(ENDPOINT, collector.url())
                                .environment(HEADERS, "x-collector-key=key-of-the-collector")
                                .start()) {
            String[] headers = {
                "X-API-Key",
                RunningService.API_KEY,
                "traceparent",
                "00-" + TRACE + "-b7ad6b7169203331-01"
            };
            assertThat(new RestClient(service).lookUp("order--1", headers).statusCode())
                    .isEqualTo(200);
            assertThat(service.process().terminate()).isEqualTo(143);

            assertThat(collector.requests()).containsOnly("/v1/traces key-of-the-collector");
            assertThat(collector.spans())
                    .contains(new String(HexFormat.of().parseHex(TRACE), ISO_8859_1))
                    .contains("service.name", "order-lookup")
                    .contains("GET /v1/customers/{customer-tenant-id}/orders/{id-for-order}")
                    .doesNotContain("order--1", CUSTOMER);
            assertThat(service.simulator().apiLog().all())
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.header("traceparent")).isEmpty());
            assertThat(service.process().stdout())
                    .doesNotContain("\"level\":\"WARN\"", "key-of-the-collector");
        }
    }

    @Test
    void worksOnWithoutTheCollectorAndSaysSo() throws IOException {
        SpanCollector gone = new SpanCollector();
        gone.close();
        try (RunningService service =
                RunningService.builder()
                        .withoutKafka()
                        .environment(ENDPOINT, gone.url())
                        .environment("OTEL_BSP_SCHEDULE_DELAY", "100")
                        .environment("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true")
                        .start()) {
            assertThat(new RestClient(service).lookUp("order--1").statusCode()).isEqualTo(200);
            service.process().awaitStdout("Failed to export spans");
            assertThat(service.process().terminate()).isEqualTo(143);

            assertThat(service.process().stderr().lines())
                    .filteredOn(line -> !line.startsWith("WARNING: "))
                    .isEmpty();
        }
    }

    @Test
    void saysAtTheStartWhatCannotBe(@TempDir Path directory) {
        try (ChildProcess process =
                JarProcess.in(directory)
                        .environment("PARTNER_CENTER_TENANT_ID", Simulator.TENANT_ID)
                        .environment("PARTNER_CENTER_CLIENT_ID", Simulator.CLIENT_ID)
                        .environment("PARTNER_CENTER_CLIENT_SECRET", Simulator.CLIENT_SECRET)
                        .environment("ORDER_LOOKUP_KAFKA_ENABLED", "false")
                        .environment("ORDER_LOOKUP_REST_PORT", "0")
                        .environment(ENDPOINT, "http://127.0.0.1:4317")
                        .environment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
                        .start()) {
            assertThat(process.awaitExit()).isEqualTo(1);

            assertThat(process.stdout())
                    .contains("The start failed: Spans cannot be sent as the OTEL_ variables say")
                    .contains("http/protobuf", "GrpcSender");
        }
    }
}
