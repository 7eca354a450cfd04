package io.github.orderlookup.settings.source;

import java.util.regex.Pattern;

/**
 * The environment variables by which Kubernetes names the Services of a namespace to each
 * container. A Service may be named so that they look like settings: {@code order-lookup-rest}
 * makes {@code ORDER_LOOKUP_REST_PORT=tcp://10.43.1.2:8080}.
 */
final class Kubernetes {
    private static final Pattern SERVICE =
            Pattern.compile(".+_(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?)");
    private static final Pattern LINK_PART =
            Pattern.compile(".+_PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?");
    private static final Pattern LINK = Pattern.compile(".+_PORT");
    private static final Pattern URL = Pattern.compile("(?:tcp|udp|sctp)://.+:[0-9]+");

    private Kubernetes() {}

    /** Whether a variable describes a Service. */
    static boolean isService(String variable, String value) {
        return SERVICE.matcher(variable).matches()
                || LINK_PART.matcher(variable).matches()
                || (LINK.matcher(variable).matches() && URL.matcher(value.strip()).matches());
    }
}
