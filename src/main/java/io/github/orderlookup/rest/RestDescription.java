package io.github.orderlookup.rest;

import io.github.orderlookup.settings.Secret;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Answers with the OpenAPI description of the REST door, as JSON or as YAML. It asks for a key like
 * everything at this door.
 */
public final class RestDescription {

    private final ApiKeys keys;
    private final byte[] json;
    private final byte[] yaml;

    /**
     * @param keys empty when callers need none
     */
    public RestDescription(List<Secret> keys) {
        this.keys = new ApiKeys(keys);
        OpenApi description = OpenApi.read(!keys.isEmpty());
        this.json = description.json();
        this.yaml = description.yaml();
    }

    /** Answers a request by the end of its path. */
    public void compose(Exchange exchange) {
        Reply reply = new Reply(exchange.getMessage());
        if (!reply.isAdmitted(keys)) {
            reply.refuse();
            return;
        }
        switch (reply.file()) {
            case "openapi.json" -> reply.send(200, "application/json", json);
            case "openapi.yaml" -> reply.send(200, "application/yaml", yaml);
            default -> reply.error(404, HttpErrors.NOTHING_HERE);
        }
    }
}
