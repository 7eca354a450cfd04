package io.github.orderlookup.rest;

import io.github.orderlookup.classification.HttpProblem;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.text.CorrelationId;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The answer to one REST request that is no lookup. Nothing of the request's headers goes back. For
 * one thread.
 */
public final class Reply {

    static final String PROBLEM = "application/problem+json";
    static final String CHALLENGE = "Bearer realm=\"order-lookup\"";
    static final String KEY_NEEDED =
            "A valid API key is needed, as Authorization: Bearer or as X-API-Key.";

    private final Message message;
    private final RequestHeaders request;
    private final String path;
    private final Map<String, Object> headers = new HashMap<>();

    public Reply(Message message) {
        this.message = message;
        this.request = new RequestHeaders(message);
        this.path = message.getHeader(Exchange.HTTP_URI, "", String.class).split("[?]", 2)[0];
        headers.put("Cache-Control", "no-store");
        headers.put(
                HeaderNames.CORRELATION_ID,
                CorrelationId.of(request.single(HeaderNames.CORRELATION_ID)));
    }

    /** What the path of the request ends in, as it came: what follows its last slash. */
    public String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public boolean isAdmitted(ApiKeys keys) {
        return keys.admit(request.single("Authorization"), request.single(HeaderNames.API_KEY));
    }

    public Reply header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Answers that a key is needed. */
    public void refuse() {
        Problem problem =
                Problem.of(ProblemType.UNAUTHORIZED, KEY_NEEDED)
                        .withCorrelationId((String) headers.get(HeaderNames.CORRELATION_ID));
        header("WWW-Authenticate", CHALLENGE).send(401, PROBLEM, problem.toJson());
    }

    /** Answers with a fault of HTTP itself. */
    public void error(int status, String detail) {
        send(status, PROBLEM, HttpProblem.toJson(status, detail));
    }

    public void send(int status, String contentType, byte[] body) {
        headers.put(Exchange.HTTP_RESPONSE_CODE, status);
        headers.put(Exchange.CONTENT_TYPE, contentType);
        message.setHeaders(headers);
        message.setBody(body);
    }
}
