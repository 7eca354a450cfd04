package io.github.orderlookup.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser of this machine, which finds no host but this one; Playwright's own browsers are not
 * fetched. For one thread.
 */
final class Chromium implements AutoCloseable {

    static final String ADVICE =
            "No browser: install Chromium (Debian: apt-get install chromium), or name one with"
                    + " -Dbrowser=/path/to/chromium";

    private static final String LOOPBACK_ALONE =
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";

    private static final List<String> USUAL =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(List.of(LOOPBACK_ALONE)));
    }

    /** Starts the browser; empty when there is none. */
    static Optional<Chromium> start() {
        String named = System.getProperty("browser", "");
        return (named.isEmpty() ? USUAL.stream() : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .map(Chromium::new);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
