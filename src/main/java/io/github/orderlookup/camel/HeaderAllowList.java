package io.github.orderlookup.camel;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Lets the named headers cross the wire and no others; Camel's own strategies name what to hold
 * back. Names are compared in any case.
 */
public class HeaderAllowList extends DefaultHeaderFilterStrategy {

    private final Set<String> sent;
    private final Set<String> received;

    /**
     * @param sent the headers of a message that are sent
     * @param received the headers from outside that become headers of a message
     */
    public HeaderAllowList(Set<String> sent, Set<String> received) {
        this.sent = anyCase(sent);
        this.received = anyCase(received);
    }

    private static Set<String> anyCase(Set<String> names) {
        Set<String> answer = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        answer.addAll(names);
        return answer;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !sent.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !received.contains(name);
    }
}
