package io.github.orderlookup.rest.console;

import io.github.orderlookup.rest.ApiKeys;
import io.github.orderlookup.rest.HttpErrors;
import io.github.orderlookup.rest.Reply;
import io.github.orderlookup.settings.Secret;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Answers with the pages for people.
 *
 * <p>The pages themselves ask for no key, as a browser could not give one: they hold nothing but
 * their own text. What they show comes by requests for which they ask people for the key.
 */
public final class RestConsole {

    /**
     * Nothing but the files of this door: no inline script, no frame, no other host. Swagger UI
     * brings its icons as data.
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final ApiKeys keys;
    private final Supplier<byte[]> figures;

    /**
     * @param figures the figures of this moment as JSON
     */
    public RestConsole(List<Secret> keys, Supplier<byte[]> figures) {
        this.keys = new ApiKeys(keys);
        this.figures = figures;
    }

    /** Answers with the console itself. */
    public void page(Exchange exchange) {
        Reply reply = new Reply(exchange.getMessage());
        send(reply, reply.file().isEmpty() ? "" : "index.html");
    }

    /** Answers with what belongs to the console: a file, the API page or the figures. */
    public void file(Exchange exchange) {
        Reply reply = new Reply(exchange.getMessage());
        switch (reply.file()) {
            case "figures" -> figures(reply);
            case "api" -> send(reply, "api.html");
            case "api.html", "index.html" -> send(reply, "");
            default -> send(reply, reply.file());
        }
    }

    private void figures(Reply reply) {
        if (reply.isAdmitted(keys)) {
            reply.send(200, "application/json", figures.get());
        } else {
            reply.refuse();
        }
    }

    private static void send(Reply reply, String name) {
        byte[] content = ConsoleFiles.read(name);
        if (content == null) {
            reply.error(404, HttpErrors.NOTHING_HERE);
        } else {
            reply.header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Cross-Origin-Opener-Policy", "same-origin")
                    .header("Cross-Origin-Resource-Policy", "same-origin")
                    .send(200, ConsoleFiles.type(name).orElseThrow(), content);
        }
    }
}
