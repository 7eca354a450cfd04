package io.github.orderlookup.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.cli.check.finding.Finding;
import io.github.orderlookup.cli.check.finding.Finding.Mark;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The findings, as text and as JSON.
 *
 * @param settingsAreWrong whether the service would not start
 */
public record Report(List<Finding> findings, boolean settingsAreWrong) {

    private static final int PARTS = 22;
    private static final ObjectMapper JSON = new ObjectMapper();

    public boolean isOk() {
        return !settingsAreWrong && count(Mark.FAULT) == 0;
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
        return text.append(System.lineSeparator()).append(summary()).toString();
    }

    private String summary() {
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
        try {
            return JSON.writeValueAsString(new Json(isOk(), findings)) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Json(boolean ok, List<Finding> findings) {}

    private int count(Mark mark) {
        return (int) findings.stream().filter(finding -> finding.mark() == mark).count();
    }
}
