package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.lookup.UpstreamHealth;
import java.util.Optional;

/** Partner Center without an outage. */
final class HealthyUpstream implements UpstreamHealth {

    @Override
    public Optional<String> outage() {
        return Optional.empty();
    }

    @Override
    public boolean takesOneMore() {
        return true;
    }
}
