package io.github.orderlookup.cli.signin;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Opens the user's browser by the program that the system has for it. */
final class Browser {
    private static final long PATIENCE_SECONDS = 5;

    private Browser() {}

    /** Whether the program was started and did not fail at once. */
    static boolean open(URI address) {
        try {
            Process opener =
                    new ProcessBuilder(command(System.getProperty("os.name", ""), address))
                            .redirectErrorStream(true)
                            .redirectOutput(nowhere())
                            .start();
            return !opener.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || opener.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The address is an argument of its own: no shell reads it. */
    static List<String> command(String system, URI address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address.toString());
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", address.toString());
    }

    private static File nowhere() {
        boolean windows = File.separatorChar == '\\';
        return new File(windows ? "NUL" : "/dev/null");
    }
}
