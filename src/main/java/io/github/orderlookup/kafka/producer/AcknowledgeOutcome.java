package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.RecordDispatcher;
import io.github.orderlookup.kafka.RecordTracing;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step after the broker has acknowledged an outcome, or a record of the waiting topic: now the
 * record that led to it is done.
 */
public final class AcknowledgeOutcome {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgeOutcome.class);

    private final PublishHealth publishing;
    private final Meters meters;

    public AcknowledgeOutcome(PublishHealth publishing, Meters meters) {
        this.publishing = publishing;
        this.meters = meters;
    }

    /** Whether the broker has not acknowledged the record yet. */
    public static boolean isUnpublished(Exchange exchange) {
        return !RecordDispatcher.isAcknowledged(exchange);
    }

    public void acknowledge(Exchange exchange) {
        String eventId = RequestRecord.of(exchange).eventId();
        Lookup lookup = ComposeOutcome.lookup(exchange);
        exchange.setProperty(RecordDispatcher.ACKNOWLEDGED, true);
        publishing.acknowledged(eventId);
        RecordTracing.endSending(exchange);
        if (ComposeWaiting.isWaiting(exchange)) {
            LOG.debug(
                    "Request {}, correlation id {}: waits for the next look at its order",
                    eventId,
                    lookup.correlationId());
            return;
        }
        LOG.debug(
                "Request {}, correlation id {}: its outcome is acknowledged",
                eventId,
                lookup.correlationId());
        meters.lookupEnded(lookup);
    }
}
