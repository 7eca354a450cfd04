package io.github.orderlookup.cli.signin;

import java.util.Map;

/** The one page that the browser is shown. Plain HTML, without anything that it would load. */
final class ResultPage {

    /** With these nothing is loaded, run, kept, framed or told to others. */
    static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Type", "text/html; charset=utf-8",
                    "Content-Security-Policy",
                            "default-src 'none'; base-uri 'none'; form-action 'none';"
                                    + " frame-ancestors 'none'",
                    "Cache-Control", "no-store",
                    "Referrer-Policy", "no-referrer",
                    "X-Content-Type-Options", "nosniff");

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{title} - order-lookup</title></head>
            <body>
            <h1>{title}</h1>
            <p>{text}</p>
            </body>
            </html>
            """;

    private ResultPage() {}

    /**
     * @param title what came of it
     * @param text the rest, in one paragraph
     */
    static String of(String title, String text) {
        return PAGE.replace("{title}", escaped(title)).replace("{text}", escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
