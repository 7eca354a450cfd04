package io.github.orderlookup.camel;

import io.github.orderlookup.camel.CamelOptions.Option;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.source.CamelText;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Names;
import io.github.orderlookup.settings.source.Placeholders;
import io.github.orderlookup.text.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.kafka.common.config.types.Password;

/**
 * Camel's own settings in our own main: checked one by one, each error with its key, before Camel
 * acts on any of them; then given to Camel literally, texts with braces included.
 *
 * <p>Camel ignores unknown keys, reads no option of its Kafka component from the environment, logs
 * each value at debug level, and resolves braces in passwords. So this is its only source of
 * properties. Values that are secrets, or hold braces, are bound in its registry, and it gets a
 * reference to them.
 */
public final class CamelSettings {

    private static final String BEAN = "order-lookup-secret-of-";
    private static final String ADDITIONAL = CamelOptions.KAFKA + "additionalproperties.";
    private static final String NESTED = CamelOptions.KAFKA + "configuration.";
    private static final String SERVER = "camel.server.";
    private static final String KEYS =
            "the keys of Camel's documentation, in lower case with hyphens";

    private static final Pattern SECRET =
            Pattern.compile(
                    ".*(?:jaas|password|passphrase|secret|token|credential|keystore\\.?key)"
                            + "(?!.*(?:uri|url|location|type|path)$).*");

    /** Settings of Camel Main without which our own main is not what it is documented to be. */
    private static final Set<String> FIXED_OF_MAIN =
            Set.of(
                    "camel.main.autoconfigurationenabled",
                    "camel.main.autoconfigurationenvironmentvariablesenabled",
                    "camel.main.autoconfigurationfailfast",
                    "camel.main.autoconfigurationlogsummary",
                    "camel.main.autoconfigurationsystempropertiesenabled",
                    "camel.main.autostartup",
                    "camel.main.autostartupexcludepattern",
                    "camel.main.routesexcludepattern",
                    "camel.main.routesincludepattern",
                    "camel.main.shutdowntimeout");

    private final CamelContext context;
    private final Placeholders placeholders;
    private final CamelOptions options = new CamelOptions();
    private final OptionTrial trial;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<SettingError> errors = new ArrayList<>();

    public CamelSettings(
            CamelContext context, Configuration configuration, Placeholders placeholders) {
        this.context = context;
        this.placeholders = placeholders;
        this.trial = new OptionTrial(context);
        configuration.camel().forEach(this::read);
        if (errors.isEmpty()) {
            trial.refusalByClients()
                    .ifPresent(
                            wrong ->
                                    errors.add(
                                            new SettingError(
                                                    CamelOptions.KAFKA + "*",
                                                    "Kafka's client refuses them: "
                                                            + Quoted.escaped(wrong),
                                                    "what Kafka's documentation says")));
        }
    }

    public List<SettingError> errors() {
        return List.copyOf(errors);
    }

    /** The value of a key that is configured and right, as people write the key. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /** Gives Camel what was read. */
    public void give(PropertiesComponent properties) {
        given.forEach(properties::addOverrideProperty);
    }

    private void read(CamelText text) {
        String bare = text.bare().replace(NESTED, CamelOptions.KAFKA);
        Option option = options.find(bare).orElse(null);
        if (bare.startsWith(ADDITIONAL)) {
            readOfClients(text, bare.substring(ADDITIONAL.length()));
        } else if (option == null) {
            readUnknown(text, bare);
        } else if (!text.ofVariable() && !isSpelled(option, text.spelled())) {
            unknown(text, option.hyphened());
        } else {
            readKnown(text, bare, option);
        }
    }

    private static boolean isSpelled(Option option, String spelled) {
        return option.isSpelled(spelled.replace(NESTED, CamelOptions.KAFKA));
    }

    private void readKnown(CamelText text, String bare, Option option) {
        boolean secret = option.secret() || SECRET.matcher(bare).matches();
        String value = text.expanded(placeholders, secret, errors);
        if (value == null) {
            return;
        }
        if (value.isEmpty()) {
            error(text, "is set and empty", "a value, or leave the key out");
            return;
        }
        Optional<String> refusal = refusal(bare, value);
        if (refusal.isPresent()) {
            error(text, refusal.get(), "leave the key out");
            return;
        }
        String spelled = reference(bare, value, secret);
        if (trial.isFitting(option, spelled)) {
            texts.put(option.hyphened(), value);
            given.put(option.key(), spelled);
        } else {
            error(
                    text,
                    secret ? "has a value that does not fit" : Quoted.of(value) + " does not fit",
                    "a value of type " + option.type());
        }
    }

    private static Optional<String> refusal(String bare, String value) {
        if (bare.startsWith(CamelOptions.KAFKA)) {
            return KafkaOptions.refusal(bare.substring(CamelOptions.KAFKA.length()), value);
        }
        if (bare.startsWith(SERVER)) {
            return Optional.of("is not used; the REST server is set up by order-lookup.rest.*");
        }
        return FIXED_OF_MAIN.contains(bare)
                ? Optional.of("is fixed by order-lookup")
                : Optional.empty();
    }

    private void readOfClients(CamelText text, String name) {
        boolean secret = SECRET.matcher(name).matches();
        String value = text.expanded(placeholders, secret, errors);
        if (value == null) {
            return;
        }
        Optional<String> refusal = KafkaOptions.refusalOfClientSetting(name, value);
        Optional<String> meant = KafkaOptions.nearestClientSetting(name);
        if (refusal.isPresent()) {
            error(text, refusal.get(), "leave the key out");
        } else if (meant.isPresent()) {
            unknown(text, meant.get());
        } else {
            trial.addOfClients(name, value);
            given.put(
                    CamelOptions.KAFKA + "additionalProperties[" + name + "]",
                    reference(ADDITIONAL + name, value, secret));
        }
    }

    /** A key that is no known option: mistyped, checked by Camel itself, or ignored. */
    private void readUnknown(CamelText text, String bare) {
        boolean checked =
                bare.startsWith(CamelOptions.KAFKA)
                        || bare.startsWith(CamelOptions.MAIN)
                        || bare.startsWith(CamelOptions.MANAGEMENT);
        if (text.ofVariable() ? !checked : options.isLeftToCamel(bare)) {
            String value = text.ofVariable() ? null : text.expanded(placeholders, false, errors);
            if (value != null) {
                given.put(text.spelled(), reference(bare, value, SECRET.matcher(bare).matches()));
            }
            return;
        }
        String nearest = Names.nearest(text.spelled(), options.keys()).orElseThrow();
        if (text.ofVariable()) {
            List<String> variables = options.keys().stream().map(Names::variable).toList();
            nearest = Names.nearest(text.spelled(), variables).orElseThrow();
        }
        unknown(text, nearest);
    }

    private String reference(String bare, String value, boolean secret) {
        boolean braces = value.contains(PropertiesComponent.PREFIX_TOKEN);
        if (!secret && !braces) {
            return value;
        }
        context.getRegistry().bind(BEAN + bare, braces ? verbatim(bare, value) : value);
        return "#bean:" + BEAN + bare;
    }

    /**
     * A text with braces, in a type in which Camel does not look for placeholders: converted by
     * Camel for its own options, by Kafka's clients for theirs.
     */
    private static Object verbatim(String bare, String value) {
        return bare.startsWith(ADDITIONAL) ? new Password(value) : value.toCharArray();
    }

    private void unknown(CamelText text, String nearest) {
        error(text, "is no setting; did you mean " + nearest + "?", KEYS);
    }

    private void error(CamelText text, String wrong, String accepted) {
        errors.add(new SettingError(Quoted.escaped(text.spelled()), wrong, accepted));
    }
}
