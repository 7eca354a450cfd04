package io.github.orderlookup.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with a browser window of their own at the pages of one service. As it ends, the browser
 * has complained of nothing and asked no other host. For one thread.
 */
final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final URI origin;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();

    Visit(Browser browser, URI origin, ColorScheme scheme, int width, int height) {
        this.origin = origin;
        context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setLocale("en-GB")
                                .setTimezoneId("Europe/Berlin")
                                .setViewportSize(width, height));
        page = context.newPage();
        page.clock().install();
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(origin + "/")
                            && !request.url().startsWith("data:")) {
                        elsewhere.add(request.url());
                    }
                });
    }

    /** An answer that is no Order is an error to the browser, not to us. */
    private void note(ConsoleMessage message) {
        boolean complains = message.type().equals("error") || message.type().equals("warning");
        if (complains && !message.text().startsWith("Failed to load resource: the server")) {
            complaints.add(message.text());
        }
    }

    Page page() {
        return page;
    }

    Visit open(String path) {
        page.navigate(origin + path);
        return this;
    }

    Visit giveKey(String key) {
        page.getByLabel("API key").fill(key);
        page.getByText("Use this key").click();
        return this;
    }

    Visit lookUp(String customer, String order) {
        page.getByLabel("Customer tenant id").fill(customer);
        page.getByLabel("Order id").fill(order);
        page.waitForResponse(
                answer -> answer.url().contains("/console/v1/"), () -> page.locator("#go").click());
        return this;
    }

    /** Lets a second pass for the page, and with it the next look at the statistics. */
    Visit passSecond() {
        page.waitForResponse(
                answer -> answer.url().endsWith("/console/figures"),
                () -> page.clock().runFor(Duration.ofSeconds(1).toMillis()));
        return this;
    }

    /** What the browser has complained of so far; it counts no more. */
    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    /** Fails unless axe finds nothing to blame. */
    Visit checkAccessibility() {
        return blameNothing(new AxeBuilder(page));
    }

    /**
     * The same by the rules of WCAG alone, for what is not ours: Swagger UI chooses its headings.
     */
    Visit checkAccessibilityByWcag() {
        return blameNothing(
                new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")));
    }

    private Visit blameNothing(AxeBuilder axe) {
        assertThat(axe.analyze().getViolations())
                .as("violations of accessibility at " + page.url())
                .flatExtracting(Visit::blamed)
                .isEmpty();
        return this;
    }

    private static List<String> blamed(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> rule.getId() + " " + node.getTarget() + " " + node.getFailureSummary())
                .toList();
    }

    /** Fails if anything reaches beyond the side of the window. */
    Visit checkWidth() {
        Object beyond =
                page.evaluate(
                        """
                        () => {
                          const width = document.documentElement.clientWidth;
                          return document.documentElement.scrollWidth <= width ? [] :
                              Array.from(document.body.querySelectorAll('*'))
                                  .filter(element => element.getBoundingClientRect().right > width)
                                  .map(element => element.outerHTML.slice(0, 120));
                        }
                        """);
        assertThat(beyond).as("elements beyond the window").isEqualTo(List.of());
        return this;
    }

    void takePicture(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("docs", name + ".png"))
                        .setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the browser complained of").isEmpty();
        assertThat(elsewhere).as("requests to other hosts").isEmpty();
    }
}
