package io.github.orderlookup.cli.check.finding;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines of the list in the order in which they are found. Not thread-safe. */
public final class Findings {

    private final List<Finding> all = new ArrayList<>();

    public void ok(String part, String text) {
        all.add(new Finding(Finding.Mark.OK, part, text, null));
    }

    public void note(String part, String text, String remedy) {
        all.add(new Finding(Finding.Mark.NOTE, part, text, remedy));
    }

    public void fault(String part, String text, String remedy) {
        all.add(new Finding(Finding.Mark.FAULT, part, text, remedy));
    }

    public void skipped(String part, String why) {
        all.add(new Finding(Finding.Mark.SKIPPED, part, why, null));
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }
}
