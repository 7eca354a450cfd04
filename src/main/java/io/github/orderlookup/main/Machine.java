package io.github.orderlookup.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import java.util.Optional;

/** Checks the machine and sets the locale of the JVM for our own main. */
final class Machine {

    /** Where a path within a jar begins, in the URLs of Java. */
    private static final String WITHIN_A_JAR = "!/";

    private Machine() {}

    /** Sets the root locale: some libraries change the case of names by the default locale. */
    static void setLocale() {
        Locale.setDefault(Locale.ROOT);
    }

    /** Why resources cannot be loaded from the location of the jar; empty when they can. */
    static Optional<String> refusesJar() {
        CodeSource source = Machine.class.getProtectionDomain().getCodeSource();
        return source == null ? Optional.empty() : refusesJar(source.getLocation().toString());
    }

    static Optional<String> refusesJar(String location) {
        return location.contains(WITHIN_A_JAR)
                ? Optional.of(
                        "order-lookup cannot start: its jar lies within a directory whose name"
                                + " ends with \"!\", from where Java loads no resources: "
                                + location
                                + ". Move it.")
                : Optional.empty();
    }

    /** The directory for temporary files, when nothing can be written there. */
    static Optional<Path> unwritableTemporaryDirectory() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir", ""));
        return Files.isDirectory(directory) && Files.isWritable(directory)
                ? Optional.empty()
                : Optional.of(directory);
    }
}
