package io.github.orderlookup.settings.reader;

import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.settings.format.Format;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.text.Quoted;
import java.time.Duration;
import java.util.Map;

/** Reads {@link LookupSettings} and {@link KafkaSettings}. */
final class LookupReader {
    private static final Format<Integer> ATTEMPTS = Formats.wholeNumber(1, 100);
    private static final Format<Duration> DEADLINE = Formats.durationUpTo(Duration.ofHours(24));
    private static final Format<Duration> SETTLE_TIMEOUT =
            Formats.durationUpTo(Duration.ofDays(30));
    private static final Format<Integer> IN_FLIGHT = Formats.wholeNumber(1, 10_000);
    private static final Format<Integer> PENDING = Formats.wholeNumber(1, 1_000_000);

    private final Values values;

    LookupReader(Values values) {
        this.values = values;
    }

    LookupSettings lookup() {
        return new LookupSettings(
                values.withDefault(Key.MAX_ATTEMPTS, ATTEMPTS),
                values.withDefault(Key.DEADLINE, DEADLINE),
                values.withDefault(Key.MAX_IN_FLIGHT, IN_FLIGHT),
                values.withDefault(Key.MAX_PENDING, PENDING),
                values.withDefault(Key.COLLAPSE, Formats.BOOLEAN),
                values.withDefault(Key.SETTLE_TIMEOUT, SETTLE_TIMEOUT));
    }

    /** Checks everything even with the endpoint disabled, which may be enabled tomorrow. */
    KafkaSettings kafka() {
        KafkaSettings kafka =
                new KafkaSettings(
                        values.withDefault(Key.KAFKA_ENABLED, Formats.BOOLEAN),
                        values.withDefault(Key.REQUEST_TOPIC, Formats.TOPIC),
                        values.withDefault(Key.RESULTS_TOPIC, Formats.TOPIC),
                        values.withDefault(Key.ERRORS_TOPIC, Formats.TOPIC),
                        values.withDefault(Key.GROUP_ID, Formats.GROUP_ID),
                        values.optional(Key.REPLY_TOPICS, Formats.REGULAR_EXPRESSION),
                        values.optional(Key.WAITING_TOPIC, Formats.TOPIC));
        refuseLoop(Key.RESULTS_TOPIC, kafka.resultsTopic(), kafka.requestTopic());
        refuseLoop(Key.ERRORS_TOPIC, kafka.errorsTopic(), kafka.requestTopic());
        refuseSharedWaitingTopic(kafka);
        return kafka;
    }

    private void refuseSharedWaitingTopic(KafkaSettings kafka) {
        Map<Key, String> others =
                Map.of(
                        Key.REQUEST_TOPIC, kafka.requestTopic(),
                        Key.RESULTS_TOPIC, kafka.resultsTopic(),
                        Key.ERRORS_TOPIC, kafka.errorsTopic());
        others.forEach(
                (key, topic) -> {
                    if (values.areValid(Key.WAITING_TOPIC, key)
                            && topic.equals(kafka.waitingTopic())) {
                        values.add(
                                Key.WAITING_TOPIC,
                                Quoted.of(topic) + " is " + key.text() + " too",
                                "a topic of its own");
                    }
                });
    }

    private void refuseLoop(Key key, String outcomes, String requests) {
        if (values.areValid(key, Key.REQUEST_TOPIC) && outcomes.equals(requests)) {
            values.add(
                    key,
                    Quoted.of(outcomes)
                            + " is the request topic too: each outcome would be read as a request",
                    "a topic other than " + Key.REQUEST_TOPIC.text());
        }
    }
}
