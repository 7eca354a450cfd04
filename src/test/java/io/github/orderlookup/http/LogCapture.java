package io.github.orderlookup.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Takes every log line of every library, down to TRACE, instead of the console. */
public final class LogCapture implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level levelBefore = root.getLevel();
    private final Map<String, Appender> appendersBefore = Map.copyOf(root.getAppenders());
    private final Lines lines = new Lines();

    public LogCapture() {
        appendersBefore.keySet().forEach(root::removeAppender);
        lines.start();
        root.addAppender(lines, Level.ALL, null);
        root.setLevel(Level.ALL);
        context.updateLoggers();
    }

    /** Logger, message and stack trace of each event. */
    public List<String> lines() {
        return lines.all;
    }

    @Override
    public void close() {
        root.removeAppender(lines.getName());
        appendersBefore.values().forEach(appender -> root.addAppender(appender, null, null));
        root.setLevel(levelBefore);
        context.updateLoggers();
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> all = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            StringWriter line = new StringWriter();
            line.append(event.getLoggerName()).append(": ");
            line.append(event.getMessage().getFormattedMessage());
            if (event.getThrown() != null) {
                event.getThrown().printStackTrace(new PrintWriter(line));
            }
            all.add(line.toString());
        }
    }
}
