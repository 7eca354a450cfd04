package io.github.orderlookup.rest;

import org.apache.camel.Exchange;

/**
 * The step that answers with the OpenAPI description of the REST endpoint, as JSON or as YAML. It
 * needs a key, as a lookup does.
 */
public final class RestDescription {

    private final ApiKeys keys;
    private final byte[] json;
    private final byte[] yaml;

    public RestDescription(ApiKeys keys) {
        this.keys = keys;
        OpenApi description = OpenApi.read(keys.isAsked());
        this.json = description.json();
        this.yaml = description.yaml();
    }

    /** Answers a request by the end of its path. */
    public void compose(Exchange exchange) {
        response(new RequestHeaders(exchange.getMessage())).writeTo(exchange.getMessage());
    }

    private RestResponse response(RequestHeaders request) {
        String correlationId = request.correlationId();
        if (!request.isAdmitted(keys)) {
            return RestResponse.unauthorized(correlationId);
        }
        return switch (request.file()) {
            case "openapi.json" -> new RestResponse(200, "application/json", json, correlationId);
            case "openapi.yaml" -> new RestResponse(200, "application/yaml", yaml, correlationId);
            default -> RestResponse.notFound(correlationId);
        };
    }
}
