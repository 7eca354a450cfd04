package io.github.orderlookup.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.filter.CompositeFilter;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFiltersTest {

    private static final String KAFKA = "org.apache.kafka.clients.NetworkClient";

    private final ManualClock clock = new ManualClock();
    private final RepeatFilter repeats = new RepeatFilter(clock);
    private final List<Throwable> noticed = new ArrayList<>();
    private final ErrorFilter errors = new ErrorFilter(noticed::add);

    @Test
    void passesALineThatRepeatsOnceAMinute() {
        assertThat(passed(1_000, n -> "Node 1 is away")).isOne();

        clock.advance(Duration.ofMinutes(1));
        assertThat(passed(1_000, n -> "Node 1 is away")).isZero();
        repeats.report();
        assertThat(passed(1_000, n -> "Node 1 is away")).isZero();
    }

    @Test
    void passesALineAgainThatDidNotRepeatForAMinute() {
        assertThat(passed(1, n -> "Node 1 is away")).isOne();

        clock.advance(Duration.ofMinutes(1));
        repeats.report();

        assertThat(passed(1, n -> "Node 1 is away")).isOne();
    }

    @Test
    void passesTenLinesThatDifferInNumbersAlone() {
        assertThat(passed(1_000, n -> "Offset " + n + " is broken")).isEqualTo(10);
    }

    @Test
    void passesSixtyLinesOfALogger() {
        assertThat(passed(1_000, n -> "x".repeat(n + 1))).isEqualTo(60);
    }

    @Test
    void passesEachLineOfALookup() {
        SortedArrayStringMap lookup = new SortedArrayStringMap();
        lookup.putValue("correlationId", "e30183e2-c089-4c70-a688-b5f3f863bdaa");
        LogEvent event = event(KAFKA, Level.WARN, "A lookup ended", null, lookup);

        assertThat(IntStream.range(0, 500).filter(n -> passes(event)).count()).isEqualTo(500);
    }

    @Test
    void boundsWhatItRemembers() {
        IntStream.range(0, 50_000)
                .forEach(n -> passes(event("logger-" + n, Level.WARN, "x", null, null)));

        assertThat(passes(event("logger-1", Level.WARN, "x", null, null))).isTrue();
        assertThat(repeats.remembered()).isLessThan(3_000);
    }

    @Test
    void noticesAnExhaustedHeapThatALibraryLogs() {
        OutOfMemoryError exhausted = new OutOfMemoryError();

        Result result =
                errors.filter(
                        event(
                                "io.vertx.core.impl.ContextImpl",
                                Level.ERROR,
                                "Unhandled exception",
                                new IllegalStateException(exhausted),
                                null));

        assertThat(result).isEqualTo(Result.NEUTRAL);
        assertThat(noticed).containsExactly(exhausted);
    }

    @Test
    void noticesThatAThreadOfTheKafkaClientDied() {
        Error error = new NoClassDefFoundError();

        errors.filter(
                event(
                        "org.apache.kafka.common.utils.KafkaThread",
                        Level.ERROR,
                        "Uncaught exception in thread",
                        error,
                        null));

        assertThat(noticed).containsExactly(error);
    }

    @Test
    void addsEachFilterOnceHoweverOftenAConfigurationIsAnnounced() {
        try (LoggerContext context = new LoggerContext("of-a-test")) {
            context.start(new DefaultConfiguration());
            ServiceLog log = new ServiceLog(clock, noticed::add);

            log.install(context);
            context.updateLoggers();

            Filter filter = context.getConfiguration().getRootLogger().getFilter();
            assertThat(((CompositeFilter) filter).getFiltersArray()).hasSize(2);

            context.reconfigure(new DefaultConfiguration());
            filter = context.getConfiguration().getRootLogger().getFilter();
            assertThat(((CompositeFilter) filter).getFiltersArray()).hasSize(2);
        }
    }

    /** The text of a line may come from Partner Center. */
    @ParameterizedTest
    @ValueSource(strings = {"java.lang.OutOfMemoryError: Java heap space", "anything"})
    void looksAtNoText(String text) {
        errors.filter(event(KAFKA, Level.ERROR, text, new IllegalStateException(text), null));

        assertThat(noticed).isEmpty();
    }

    private long passed(int times, IntFunction<String> text) {
        return IntStream.range(0, times)
                .filter(n -> passes(event(KAFKA, Level.WARN, text.apply(n), null, null)))
                .count();
    }

    private boolean passes(LogEvent event) {
        return repeats.filter(event) != Result.DENY;
    }

    private static LogEvent event(
            String logger,
            Level level,
            String text,
            @Nullable Throwable thrown,
            @Nullable SortedArrayStringMap data) {
        return Log4jLogEvent.newBuilder()
                .setLoggerName(logger)
                .setLevel(level)
                .setMessage(new SimpleMessage(text))
                .setThrown(thrown)
                .setContextData(data == null ? new SortedArrayStringMap() : data)
                .build();
    }
}
