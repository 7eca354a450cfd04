package io.github.orderlookup.bench.peer;

import io.github.orderlookup.process.ParentWatch;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * Peer c: camel-kafka to camel-http as the documentation shows it, with as many consumers as there
 * are calls under way. Each consumer waits for its record's answer and acknowledgement.
 */
public final class StockPeer extends RouteBuilder {

    private final PeerSetup setup = PeerSetup.ofThisJvm();
    private final String token;

    private StockPeer(String token) {
        this.token = token;
    }

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        String token = new AsyncLookup(PeerSetup.ofThisJvm().upstream()).token();
        Main main = new Main();
        // The class path also holds this module's routes, which are not wanted here.
        main.configure().withRoutesIncludePattern("false").addRoutesBuilder(new StockPeer(token));
        main.run();
    }

    @Override
    public void configure() {
        fromF(
                        "kafka:%s?brokers=%s&groupId=%s&autoOffsetReset=earliest&consumersCount=%d",
                        setup.requests(), setup.brokers(), setup.group(), setup.inFlight())
                .unmarshal()
                .json(Map.class)
                .setHeader(
                        Exchange.HTTP_PATH,
                        simple("/v1/customers/${body[customerId]}/orders/${body[orderId]}"))
                .setHeader(
                        "ce_id",
                        simple(
                                "${header[kafka.TOPIC]}-${header[kafka.PARTITION]}-${header[kafka.OFFSET]}"))
                .setHeader("Authorization", constant("Bearer " + token))
                .setBody(constant(null))
                .to(setup.upstream() + "?httpMethod=GET")
                .removeHeader("Authorization")
                .transform()
                .body(byte[].class, AsyncLookup::withoutMark)
                .toF(
                        "kafka:%s?brokers=%s&valueSerializer=%s",
                        setup.results(),
                        setup.brokers(),
                        "org.apache.kafka.common.serialization.ByteArraySerializer");
    }
}
