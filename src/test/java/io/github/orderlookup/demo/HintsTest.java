package io.github.orderlookup.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HintsTest {
    private static final String ID = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";

    private final List<String> commands =
            new Hints("http://127.0.0.1:8081", "http://127.0.0.1:9877", "127.0.0.1:9093")
                    .text()
                    .lines()
                    .filter(line -> line.matches(" {4}(curl|echo|kcat) .*"))
                    .map(String::strip)
                    .toList();

    @Test
    void asksWhereTheDemoRuns() {
        assertThat(commands)
                .contains(
                        "curl -s http://127.0.0.1:8081/v1/customers/" + ID + "/orders/a81c04e7f2b9",
                        "curl -s http://127.0.0.1:9877/observe/health",
                        "echo '{\"customerId\":\""
                                + ID
                                + "\",\"orderId\":\"a81c04e7f2b9\"}'"
                                + " | kcat -P -b 127.0.0.1:9093 -t order-lookup.requests",
                        "kcat -C -b 127.0.0.1:9093 -t order-lookup.results"
                                + " -o beginning -e -q -f '%h\\n%s\\n\\n'");
    }

    @Test
    void namesTheConsoleWithAnOrderToLookAt() {
        assertThat(new Hints("http://127.0.0.1:8081", "http://x", "y").text())
                .contains("    http://127.0.0.1:8081/console#" + ID + "/a81c04e7f2b9\n");
    }

    @Test
    void readsEveryTopicThatOutcomesGoTo() {
        assertThat(List.of(Topics.RESULTS, Topics.ERRORS, Topics.REPLIES))
                .allSatisfy(
                        topic ->
                                assertThat(commands)
                                        .anyMatch(
                                                command ->
                                                        command.startsWith("kcat -C")
                                                                && command.contains(
                                                                        " -t " + topic + " ")));
    }
}
