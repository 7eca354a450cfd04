package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.order.JsonTokens;
import io.github.orderlookup.order.OrderFiles;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Published Orders over Kafka, where they lie beside the project; set {@code shared.samples} to
 * their folder.
 */
class PublishedOrdersIT {
    private static final Path FOLDER =
            Path.of(System.getProperty("shared.samples", "../shared/samples"), "orders");

    @Test
    void publishesEveryTokenThatPartnerCenterSent() {
        List<Path> files = OrderFiles.in(FOLDER);
        assumeFalse(files.isEmpty(), "no published Orders");
        try (RunningService service = RunningService.start();
                Asker asker = new Asker(service)) {
            for (Path file : files) {
                byte[] document = document(file);
                JsonNode order = Outcome.json(document);
                String id = order.path("id").asText("an-order");
                String customer = order.path("referenceCustomerId").asText(CUSTOMER);
                service.simulator().answer(id, Answers.bytes(document));

                Outcome outcome = asker.ask(Asker.request(customer, id));

                assertThat(outcome.kind()).as(file.toString()).isEqualTo("found");
                assertThat(JsonTokens.of(outcome.record().value()))
                        .as(file.toString())
                        .isEqualTo(JsonTokens.of(document));
            }
        }
    }

    /** One of them names its customer by a placeholder. */
    private static byte[] document(Path file) {
        return new String(OrderFiles.bytes(file), StandardCharsets.UTF_8)
                .replace("<customer-tenant-id>", CUSTOMER)
                .getBytes(StandardCharsets.UTF_8);
    }
}
