package io.github.orderlookup.simulator;

/** One header line, its name spelled as on the wire. */
public record Header(String name, String value) {}
