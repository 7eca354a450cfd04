package io.github.orderlookup.logging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits repeated log lines: in a minute, of warnings and errors one line with the same text, ten
 * of the same pattern, sixty of the same logger; of lines below that, a hundred of the same
 * pattern. What is held back is summed up in one line a minute. A line about one lookup always
 * passes: their number is bounded by that of the lookups.
 *
 * <p>Thread-safe.
 */
final class RepeatFilter extends AbstractFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatFilter.class);

    /** The context entry of a line about one lookup. */
    private static final String LOOKUP = "correlationId";

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SAME_TEXT = 1;
    private static final int SAME_PATTERN = 10;
    private static final int SAME_LOGGER = 60;
    private static final int SAME_NOTE = 100;
    private static final int MAX_KEYS = 2_000;
    private static final int MAX_TEXT = 300;

    private final Clock clock;
    private final Map<Key, Count> counts = new LinkedHashMap<>(256, 0.75f, true);

    private record Key(String logger, @Nullable String text) {}

    private static final class Count {
        private final Instant since;
        private int left;
        private int heldBack;
        private String example = "";

        Count(Instant since, int left) {
            this.since = since;
            this.left = left;
        }
    }

    RepeatFilter(Clock clock) {
        super(Result.NEUTRAL, Result.DENY);
        this.clock = clock;
    }

    @Override
    public Result filter(LogEvent event) {
        boolean isLookup = event.getContextData().containsKey(LOOKUP);
        boolean isOwn = LOG.getName().equals(event.getLoggerName());
        return isLookup || isOwn || passes(event) ? Result.NEUTRAL : Result.DENY;
    }

    private boolean passes(LogEvent event) {
        String logger = String.valueOf(event.getLoggerName());
        String text = shortened(event.getMessage().getFormattedMessage());
        String pattern = withoutNumbers(text);
        if (!event.getLevel().isMoreSpecificThan(Level.WARN)) {
            return take(new Key(logger, pattern), SAME_NOTE, text);
        }
        Object thrown = event.getThrown() == null ? "" : event.getThrown().getClass().getName();
        return take(new Key(logger, text + thrown), SAME_TEXT, text)
                && (pattern.equals(text) || take(new Key(logger, pattern), SAME_PATTERN, text))
                && take(new Key(logger, null), SAME_LOGGER, text);
    }

    /** What lines have in common that differ in offsets, ports, sizes or times. */
    private static String withoutNumbers(String text) {
        StringBuilder pattern = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                pattern.append(c);
            } else if (i == 0 || pattern.charAt(pattern.length() - 1) != '#') {
                pattern.append('#');
            }
        }
        return pattern.toString();
    }

    private synchronized boolean take(Key key, int limit, String text) {
        Instant now = clock.instant();
        Count count = counts.get(key);
        if (count == null || (isOver(count, now) && count.heldBack == 0)) {
            count = new Count(now, limit);
            counts.put(key, count);
            forgetTheOldest();
        }
        if (count.left > 0) {
            count.left--;
            return true;
        }
        if (count.heldBack++ == 0) {
            count.example = text;
        }
        return false;
    }

    private void forgetTheOldest() {
        if (counts.size() > MAX_KEYS) {
            Iterator<Key> oldest = counts.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static boolean isOver(Count count, Instant now) {
        return Duration.between(count.since, now).compareTo(MINUTE) >= 0;
    }

    /** Says what was held back in minutes that are over, and begins new ones. */
    void report() {
        over().forEach(
                        (key, count) ->
                                LOG.warn(
                                        "Repeated {} more times within a minute, by {}: {}",
                                        count.heldBack,
                                        key.logger(),
                                        count.example));
    }

    /**
     * Counts that are over; a line that was repeated has its line of the next minute by the report.
     */
    private synchronized Map<Key, Count> over() {
        Instant now = clock.instant();
        Map<Key, Count> over = new LinkedHashMap<>(counts);
        over.values().removeIf(count -> !isOver(count, now));
        over.forEach(
                (key, count) -> {
                    counts.remove(key);
                    if (count.heldBack > 0) {
                        counts.put(key, new Count(now, 0));
                    }
                });
        over.values().removeIf(count -> count.heldBack == 0);
        return over;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT
                ? text
                : text.substring(0, MAX_TEXT) + "... " + Integer.toHexString(text.hashCode());
    }

    /** How many kinds of lines it counts. */
    synchronized int remembered() {
        return counts.size();
    }
}
