package io.github.orderlookup.rest.console;

import io.github.orderlookup.rest.ApiKeys;
import io.github.orderlookup.rest.RequestHeaders;
import io.github.orderlookup.rest.RestResponse;
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
     * Nothing but the files of this endpoint: no inline script, no frame, no other host. Swagger UI
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
    public RestConsole(ApiKeys keys, Supplier<byte[]> figures) {
        this.keys = keys;
        this.figures = figures;
    }

    /** Answers with the console itself. */
    public void page(Exchange exchange) {
        RequestHeaders request = new RequestHeaders(exchange.getMessage());
        content(request, request.file().isEmpty() ? "" : "index.html")
                .writeTo(exchange.getMessage());
    }

    /** Answers with what belongs to the console: a file, the API page or the figures. */
    public void file(Exchange exchange) {
        RequestHeaders request = new RequestHeaders(exchange.getMessage());
        RestResponse response =
                switch (request.file()) {
                    case "figures" -> figures(request);
                    case "api" -> content(request, "api.html");
                    case "api.html", "index.html" -> RestResponse.notFound(request.correlationId());
                    default -> content(request, request.file());
                };
        response.writeTo(exchange.getMessage());
    }

    private RestResponse figures(RequestHeaders request) {
        String correlationId = request.correlationId();
        return request.isAdmitted(keys)
                ? new RestResponse(200, "application/json", figures.get(), correlationId)
                : RestResponse.unauthorized(correlationId);
    }

    private static RestResponse content(RequestHeaders request, String name) {
        byte[] content = ConsoleFiles.read(name);
        if (content == null) {
            return RestResponse.notFound(request.correlationId());
        }
        String type = ConsoleFiles.type(name).orElseThrow();
        return new RestResponse(200, type, content, request.correlationId())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
