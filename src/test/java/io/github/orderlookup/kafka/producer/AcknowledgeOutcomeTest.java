package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.RecordDispatcher;
import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AcknowledgeOutcomeTest {

    private final ManualClock clock = new ManualClock();
    private final PublishHealth publishing =
            new PublishHealth(
                    new Supervisor(clock, thrown -> {}).worker("publish", Duration.ofDays(1)),
                    clock);
    private final List<Lookup> counted = new ArrayList<>();
    private final AcknowledgeOutcome step = new AcknowledgeOutcome(publishing, meters());
    private final Lookup lookup = new Lookup(Source.KAFKA, null, clock.instant());

    @Test
    void marksTheExchangeAndCountsTheLookup() {
        Exchange exchange = exchange(7);

        step.acknowledge(exchange);

        assertThat(exchange.getProperty(RecordDispatcher.ACKNOWLEDGED)).isEqualTo(true);
        assertThat(counted).containsExactly(lookup);
    }

    @Test
    void endsTheFailureToPublishThisOutcomeAlone() {
        publishing.failed("requests-0-7", "errors", new KafkaException("refused"));
        publishing.failed("requests-0-8", "errors", new KafkaException("refused"));

        step.acknowledge(exchange(7));
        assertThat(publishing.stuck()).isOne();

        step.acknowledge(exchange(8));
        assertThat(publishing.isStuck()).isFalse();
    }

    private Exchange exchange(long offset) {
        Exchange exchange = new DefaultExchange(new SimpleCamelContext());
        exchange.setProperty(
                RequestRecord.PROPERTY,
                new RequestRecord(
                        new TopicPartition("requests", 0),
                        offset,
                        null,
                        bytes("{}"),
                        Records.headers()));
        exchange.setProperty(Lookup.PROPERTY, lookup);
        return exchange;
    }

    private Meters meters() {
        return new Meters() {
            @Override
            public void lookupEnded(Lookup ended) {
                counted.add(ended);
            }

            @Override
            public void callEnded(int status, long nanos) {}
        };
    }
}
