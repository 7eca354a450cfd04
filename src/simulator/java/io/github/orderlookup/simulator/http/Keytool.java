package io.github.orderlookup.simulator.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the keytool that belongs to this JVM. */
public final class Keytool {

    private final List<String> command = new ArrayList<>();

    public Keytool() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        with("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");
    }

    public Keytool with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    /**
     * @throws IOException when keytool does not end well; the message holds what it printed
     */
    public void run() throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + printed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }
}
