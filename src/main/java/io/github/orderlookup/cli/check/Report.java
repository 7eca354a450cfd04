package io.github.orderlookup.cli.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.orderlookup.cli.ExitCode;
import io.github.orderlookup.cli.check.Finding.Mark;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The list as people and as programs read it.
 *
 * @param settingsAreWrong whether the service would not even start
 */
public record Report(List<Finding> findings, boolean settingsAreWrong) {

    private static final int PARTS = 22;

    public int exitCode() {
        if (settingsAreWrong) {
            return ExitCode.SETTINGS;
        }
        return count(Mark.FAULT) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-5s  %-" + PARTS + "s  %s%n",
                            finding.mark().text(),
                            finding.part(),
                            finding.text()));
            if (finding.remedy() != null) {
                text.append(" ".repeat(PARTS + 9)).append("-> ").append(finding.remedy());
                text.append(System.lineSeparator());
            }
        }
        return text.append(System.lineSeparator()).append(verdict()).toString();
    }

    private String verdict() {
        return String.format(
                Locale.ROOT,
                "%d looked at: %d ok, %d to note, %d at fault%n",
                findings.size() - count(Mark.SKIPPED),
                count(Mark.OK),
                count(Mark.NOTE),
                count(Mark.FAULT));
    }

    /** {@code {"ok": ..., "findings": [{"mark", "part", "text", "remedy"}]}} in one line. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("ok", exitCode() == ExitCode.OK);
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A JSON text could not be written to memory", e);
        }
        return text + System.lineSeparator();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("mark", finding.mark().text().toLowerCase(Locale.ROOT));
        json.writeStringField("part", finding.part());
        json.writeStringField("text", finding.text());
        if (finding.remedy() != null) {
            json.writeStringField("remedy", finding.remedy());
        }
        json.writeEndObject();
    }

    private int count(Mark mark) {
        return (int) findings.stream().filter(finding -> finding.mark() == mark).count();
    }
}
