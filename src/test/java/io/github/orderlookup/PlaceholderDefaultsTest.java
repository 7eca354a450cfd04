package io.github.orderlookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Placeholders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderDefaultsTest {

    private static final Map<String, String> REQUIRED =
            Map.of(
                    "partner-center.tenant-id", "contoso.onmicrosoft.com",
                    "partner-center.client-id", "2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b",
                    "partner-center.client-secret", "secret");

    @ParameterizedTest(name = "{0}={1} makes {2} {3}")
    @CsvSource(
            textBlock =
                    """
                    partner-center.cloud,        global, order-lookup.api-url, https://api.partnercenter.microsoft.com
                    partner-center.cloud,        china,  order-lookup.api-url, https://partner.partnercenterapi.microsoftonline.cn
                    partner-center.api-url,      https://Api.Example:443/, order-lookup.api-url, https://api.example
                    partner-center.api-url,      http://localhost:8080/, order-lookup.api-url, http://localhost:8080
                    order-lookup.max-pending,    2048,   order-lookup.max-poll-records, 500
                    order-lookup.max-pending,    300,    order-lookup.max-poll-records, 75
                    order-lookup.rest.enabled,   false,  order-lookup.rest.disabled, true
                    order-lookup.kafka.enabled,  true,   order-lookup.kafka.enabled, true
                    order-lookup.max-attempts,   3,      order-lookup.request-topic, order-lookup.requests
                    """)
    void followFromTheSettings(String key, String value, String placeholder, String expected) {
        assertThat(defaults(Map.of(key, value)).getProperty(placeholder)).isEqualTo(expected);
    }

    @Test
    void switchTheRestEndpointOnWhenItIsEnabled() {
        PlaceholderDefaults defaults =
                defaults(
                        Map.of(
                                "order-lookup.rest.enabled", "true",
                                "order-lookup.rest.api-keys", "a-long-enough-key"));

        assertThat(defaults.getProperty("order-lookup.rest.disabled")).isEqualTo("false");
    }

    @Test
    void leaveTheEndpointsOffInAHost() {
        PlaceholderDefaults defaults = defaults(Map.of());

        assertThat(defaults.getProperty("order-lookup.kafka.enabled")).isEqualTo("false");
        assertThat(defaults.getProperty("order-lookup.rest.enabled")).isEqualTo("false");
    }

    @Test
    void knowNothingOfTheKeysOfAHost() {
        assertThat(defaults(Map.of()).getProperty("camel.main.name")).isNull();
    }

    @Test
    void tellNoSecret() {
        assertThat(defaults(Map.of()).getProperty("partner-center.client-secret")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"initial", "override", "source"})
    void giveWayToWhatAHostHasSet(String how) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent properties = context.getPropertiesComponent();
            Properties ofTheHost = new Properties();
            ofTheHost.put("order-lookup.group-id", "of-the-host");
            switch (how) {
                case "initial" -> properties.setInitialProperties(ofTheHost);
                case "override" -> properties.setOverrideProperties(ofTheHost);
                default -> properties.addPropertiesSource(new HostProperties(ofTheHost));
            }

            properties.addPropertiesSource(defaults(Map.of(), properties::resolveProperty));
            context.start();

            assertThat(context.resolvePropertyPlaceholders("{{order-lookup.group-id}}"))
                    .isEqualTo("of-the-host");
        }
    }

    private record HostProperties(Properties properties) implements PropertiesSource {
        @Override
        public String getName() {
            return "host";
        }

        @Override
        public String getProperty(String name) {
            return properties.getProperty(name);
        }
    }

    private static PlaceholderDefaults defaults(Map<String, String> configured) {
        return defaults(configured, nothing -> Optional.empty());
    }

    private static PlaceholderDefaults defaults(
            Map<String, String> configured, Function<String, Optional<String>> alreadySet) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(configured);
        return new PlaceholderDefaults(
                SettingsReader.read(
                        key -> Optional.ofNullable(all.get(key)), Placeholders.NONE, true),
                false,
                alreadySet);
    }
}
