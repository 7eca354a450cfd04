package io.github.orderlookup.demo;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.ORDER;

/** Tells what else can be asked while the demo runs, as lines to be copied into a POSIX shell. */
final class Hints {
    private final String rest;
    private final String management;
    private final String brokers;

    /**
     * @param rest origin of the REST endpoint
     * @param management origin of the health checks
     * @param brokers host and port of the broker
     */
    Hints(String rest, String management, String brokers) {
        this.rest = rest;
        this.management = management;
        this.brokers = brokers;
    }

    String text() {
        return """
          Ask in a browser
            %s

          Ask over REST
            %s
            %s

          Ask over Kafka, and read all results and all errors
            %s
            %s
            %s

          Ask for a reply on a topic of one's own, and read it
            %s
            %s

          Ask for an order that is pending: the outcome comes once it is settled, after some 10 s
            %s

          See how it is
            curl -s %s/observe/health

          More order ids to try: throttled-2-once--a (429, Retry-After 2 s), http-503-twice--a, http-403,
          delay-2000 (answers after 2 s), wrong-order, not-json. What follows -- makes an id a new one.
        """
                .formatted(
                        rest + "/console#" + CUSTOMER + "/" + ORDER,
                        curl("-s", ORDER),
                        curl("-si", Example.UNKNOWN),
                        ask(ORDER, ""),
                        read(Topics.RESULTS),
                        read(Topics.ERRORS),
                        ask(ORDER, " -H kafka_replyTopic=" + Topics.REPLIES),
                        read(Topics.REPLIES),
                        put(Example.untilSettled("status-pending-once--a"), ""),
                        management);
    }

    private String curl(String option, String orderId) {
        return "curl " + option + " " + rest + Example.path(CUSTOMER, orderId);
    }

    private String ask(String orderId, String options) {
        return put(Example.json(orderId), options);
    }

    private String put(String request, String options) {
        return "echo '%s' | kcat -P -b %s -t %s%s"
                .formatted(request, brokers, Topics.REQUESTS, options);
    }

    private String read(String topic) {
        return "kcat -C -b %s -t %s -o beginning -e -q -f '%%h\\n%%s\\n\\n'"
                .formatted(brokers, topic);
    }
}
