package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.ClassUtils;

/** The application of the README: no web server, no Kafka, no metrics; only direct:order-lookup. */
@ExtendWith(OutputCaptureExtension.class)
class HostTest {

    @Test
    void printsTheOrderAndEnds(CapturedOutput output) {
        try (var context = SpringApplication.run(HostApplication.class)) {
            assertThat(output.getOut()).contains("\"id\" : \"a81c04e7f2b9\"", "\"lineItems\" : [");
        }

        assertThat(output.getAll()).doesNotContain("WARN", "ERROR");
    }

    @Test
    void hasKafkaOnItsClassPathOnlyWhereItIsMeantTo() {
        boolean there =
                ClassUtils.isPresent("org.apache.kafka.clients.producer.Producer", null)
                        || ClassUtils.isPresent(
                                "org.apache.camel.component.kafka.KafkaComponent", null);

        assertThat(there).isNotEqualTo(Boolean.getBoolean("without.kafka"));
    }
}
