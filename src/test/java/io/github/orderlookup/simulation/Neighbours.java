package io.github.orderlookup.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * How Partner Center, the login host and the results topic behave at the moment: changed at random
 * while the faults last, well afterwards. For one thread.
 */
final class Neighbours {

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int LARGE = 40 * 1024;

    private final SplittableRandom random;
    private final Map<String, Instant> throttledUntil = new HashMap<>();
    private boolean faulty = true;
    private boolean down;
    private boolean publishingFails;
    private Login login = Login.WELL;

    /** What the login host does. */
    enum Login {
        WELL,
        DOWN,
        REFUSES,
        HANGS
    }

    /** What a call comes to. */
    record Answer(Duration after, int status, Map<String, Object> headers, byte[] body) {

        void into(Exchange exchange) {
            Message message = exchange.getMessage();
            message.setHeaders(new HashMap<>(headers));
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
            message.setBody(new ByteArrayInputStream(body));
        }
    }

    Neighbours(SplittableRandom random) {
        this.random = random;
    }

    /** Changes one thing of how the neighbours behave. */
    void change(String customer, Instant now) {
        switch (random.nextInt(6)) {
            case 0 -> down = !down;
            case 1 -> publishingFails = !publishingFails;
            case 2, 3 -> throttledUntil.put(customer, now.plusSeconds(pause()));
            default -> login = Login.values()[random.nextInt(Login.values().length)];
        }
    }

    private long pause() {
        int[] seconds = {1, 7, 45, 3_600};
        return seconds[random.nextInt(seconds.length)];
    }

    /** Everything is well from now on, apart from customers that are throttled. */
    void recover() {
        faulty = false;
        down = false;
        publishingFails = false;
        login = Login.WELL;
    }

    Login login() {
        return login;
    }

    /** Whether something fails this time that fails once in so many times. */
    boolean fails(int once) {
        return faulty && random.nextInt(once) == 0;
    }

    boolean takesOutcome() {
        return !publishingFails && !fails(30);
    }

    Duration moment(int mostMillis) {
        return Duration.ofMillis(1 + random.nextInt(mostMillis));
    }

    /**
     * What a call for the order comes to; the failures of the network are thrown.
     *
     * @throws IOException what the HTTP client would throw
     */
    Answer answer(String customer, String order, Instant now) throws IOException {
        Instant until = throttledUntil.getOrDefault(customer, Instant.MIN);
        if (until.isAfter(now)) {
            long left = Duration.between(now, until).toSeconds() + 1;
            return of(429, Map.of("Retry-After", Long.toString(left)), "{}");
        }
        if (down || fails(12)) {
            return fault();
        }
        return switch (order.charAt(0)) {
            case 'n' -> of(404, Map.of("MS-RequestId", "x"), "{\"code\": 20000}");
            case 'b' -> of(400, Map.of(), "{\"code\": 2000, \"description\": \"no\"}");
            default -> found(customer, order);
        };
    }

    private Answer found(String customer, String order) {
        String padding = order.charAt(0) == 'l' ? "x".repeat(LARGE) : "";
        return of(
                200,
                Map.of(),
                "{\"id\": \"%s\", \"referenceCustomerId\": \"%s\", \"padding\": \"%s\"}"
                        .formatted(order, customer, padding));
    }

    private Answer fault() throws IOException {
        return switch (random.nextInt(5)) {
            case 0 -> throw new SocketException("Connection reset");
            case 1 -> throw new SocketTimeoutException("Read timed out");
            case 2 -> of(401, Map.of(), "{}");
            default -> of(503, Map.of(), "{}");
        };
    }

    private Answer of(int status, Map<String, Object> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Answer(moment(300), status, headers, bytes);
    }

    static Duration responseTimeout() {
        return RESPONSE_TIMEOUT;
    }
}
