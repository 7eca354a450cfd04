package io.github.orderlookup.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningServiceIT {
    private static final String REQUEST =
            "{\"customerId\": \"0f6c2c6c-2f1a-4c3a-9a51-5c7f3de8e7a1\", \"orderId\": \"order--1\"}";

    @Test
    void answersBeforeAndAfterARestart() {
        try (RunningService service = RunningService.start()) {
            service.client().send(service.topics().requests(), "before", REQUEST);
            service.client().await(service.topics().results(), 1);

            assertThat(service.process().terminate()).isEqualTo(143);
            service.client().send(service.topics().requests(), "after", REQUEST);
            service.restart();

            assertThat(service.client().await(service.topics().results(), 2))
                    .extracting(record -> new String(record.key()))
                    .containsExactlyInAnyOrder("before", "after");
        }
    }
}
