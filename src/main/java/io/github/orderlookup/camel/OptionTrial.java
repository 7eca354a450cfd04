package io.github.orderlookup.camel;

import io.github.orderlookup.camel.CamelOptions.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.jspecify.annotations.Nullable;

/** Sets options of Camel on objects that are not used, to find out whether Camel takes them. */
final class OptionTrial {

    /** As Camel reads one, which takes a duration for its milliseconds. */
    private static final Pattern WHOLE_NUMBER =
            Pattern.compile("-?[0-9]{1,10}|(?:[0-9]{1,9}(?:ms|s|m|h|d))+");

    private final CamelContext context;
    private final KafkaComponent kafka = new KafkaComponent();

    OptionTrial(CamelContext context) {
        this.context = context;
    }

    /** Whether Camel can set the value, tried on an object that is not used. */
    boolean isFitting(Option option, String value) {
        String name = option.key().substring(option.key().lastIndexOf('.') + 1);
        if (option.type().equals("integer") && !WHOLE_NUMBER.matcher(value).matches()) {
            return false;
        }
        Object target = target(option.key());
        if (target == null) {
            return true;
        }
        try {
            PropertyBindingSupport.build()
                    .withMandatory(true)
                    .withIgnoreCase(true)
                    .withConfigurer(configurer(target))
                    .bind(context, target, new LinkedHashMap<>(Map.of(name, value)));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private @Nullable Object target(String key) {
        if (key.startsWith(CamelOptions.KAFKA)) {
            return kafka;
        }
        if (key.startsWith(CamelOptions.MANAGEMENT)) {
            return new HttpManagementServerConfigurationProperties(
                    new MainConfigurationProperties());
        }
        return key.startsWith(CamelOptions.MAIN) ? new MainConfigurationProperties() : null;
    }

    private PropertyConfigurer configurer(Object target) {
        String name =
                target instanceof KafkaComponent ? "kafka-component" : target.getClass().getName();
        return PluginHelper.getBootstrapConfigurerResolver(context)
                .resolvePropertyConfigurer(name, context);
    }

    /** Sets what Camel hands to Kafka's clients as it is. */
    void addOfClients(String name, String value) {
        kafka.getConfiguration().getAdditionalProperties().put(name, value);
    }

    /** Why Kafka's clients refuse the options that were set, all together; empty if they do not. */
    Optional<String> refusalByClients() {
        return KafkaOptions.refusalByClients(kafka.getConfiguration());
    }
}
