package io.github.orderlookup.cli.check;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines of the list in the order in which they are found. Not thread-safe. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void ok(String part, String text) {
        all.add(new Finding(Finding.Mark.OK, part, text, null));
    }

    void note(String part, String text, String remedy) {
        all.add(new Finding(Finding.Mark.NOTE, part, text, remedy));
    }

    void fault(String part, String text, String remedy) {
        all.add(new Finding(Finding.Mark.FAULT, part, text, remedy));
    }

    void skipped(String part, String why) {
        all.add(new Finding(Finding.Mark.SKIPPED, part, why, null));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
