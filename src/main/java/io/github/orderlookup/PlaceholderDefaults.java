package io.github.orderlookup;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers the placeholders of our routes that are not set, and those whose value follows from other
 * settings. Asked last, and for our own keys only.
 */
final class PlaceholderDefaults implements PropertiesSource, Ordered {

    private final Map<String, String> values = new ConcurrentHashMap<>();

    /**
     * @param described whether the REST endpoint serves its description
     * @param configured what the host has set: its initial properties are looked at after every
     *     source of properties, this one included
     */
    PlaceholderDefaults(
            Settings settings, boolean described, Function<String, Optional<String>> configured) {
        Key.defaults(true)
                .forEach((key, text) -> values.put(key, configured.apply(key).orElse(text)));
        values.put("order-lookup.kafka.enabled", Boolean.toString(settings.kafka().enabled()));
        values.put("order-lookup.rest.enabled", Boolean.toString(settings.rest().enabled()));
        boolean waits = settings.kafka().enabled() && settings.kafka().waitingTopic() != null;
        values.put("order-lookup.waiting.enabled", Boolean.toString(waits));
        values.put(
                "order-lookup.waiting.topic",
                Objects.requireNonNullElse(settings.kafka().waitingTopic(), "none"));
        values.put(
                "order-lookup.max-waiting-poll-records",
                Integer.toString(settings.lookup().maxWaitingPollRecords()));
        values.put("order-lookup.api-url", settings.partnerCenter().apiUrl().toString());
        values.put("order-lookup.rest.disabled", Boolean.toString(!settings.rest().enabled()));
        values.put("order-lookup.rest.described", Boolean.toString(described));
        values.put("order-lookup.rest.undescribed", Boolean.toString(!described));
        boolean pages = settings.rest().enabled() && settings.rest().console();
        values.put("order-lookup.rest.pages", Boolean.toString(pages));
        values.put("order-lookup.rest.pageless", Boolean.toString(!pages));
        values.put(
                "order-lookup.max-poll-records",
                Integer.toString(settings.lookup().maxPollRecords()));
    }

    /** Answers nothing any more, so that settings that are read again do not see these values. */
    void withdraw() {
        values.clear();
    }

    @Override
    public String getName() {
        return "order-lookup-defaults";
    }

    @Override
    public @Nullable String getProperty(String name) {
        return values.get(name);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }
}
