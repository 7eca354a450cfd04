package io.github.orderlookup.order;

import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long a term lasts: an ISO 8601 duration, or the empty text. */
public final class TermDuration extends OpenEnum {

    public static final TermDuration P1M = of("P1M");
    public static final TermDuration P1Y = of("P1Y");
    public static final TermDuration P3Y = of("P3Y");

    private TermDuration(String text) {
        super(text);
    }

    /** The value with this text, known or not. */
    public static TermDuration of(String text) {
        return new TermDuration(text);
    }

    /** The term in years, months and days; empty when the text names no such period. */
    public Optional<Period> toPeriod() {
        try {
            return Optional.of(Period.parse(text()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
