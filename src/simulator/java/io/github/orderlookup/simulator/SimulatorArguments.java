package io.github.orderlookup.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line of {@link SimulatorMain}. */
final class SimulatorArguments {

    static final String HELP =
            """
            A simulator of Partner Center and Entra ID.

              --api-port PORT, --login-port PORT   default: any free port
              --http                               plain HTTP at both ports
              --http-api                           plain HTTP at the API alone (MSAL insists on https)
              --orders FOLDER                      Order documents, *.json; may be repeated (samples that come with it)
              --any-order                          a made-up Order for every id that is in no folder
              --latency 50ms[..300ms]              how long the API takes
              --login-latency 50ms                 how long the login host takes
              --window N                           no more than N requests in any 60 seconds (off)
              --token-lifetime 60s                 of access tokens (3599s)
              --trust-store FILE                   writes the trust store there (a temporary file)

              --class-cache order-lookup.jar       alone: makes order-lookup.cache beside that jar, with which this JDK
                                                   starts it in less time

            Order ids that misbehave, for any customer: NAME[-once|-twice|-N-times][--anything], e.g.
            http-500, throttled-once--17, http-503-3-times, delay-300--a, order--42. The names:

            """
                    + AnswerNames.HELP
                    + "\nControl requests, at the API's port:\n\n"
                    + ControlEndpoint.HELP;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Simulator.Builder builder = Simulator.builder();
    private Duration leastLatency = Duration.ZERO;
    private Duration mostLatency = Duration.ZERO;
    private Duration loginLatency = Duration.ZERO;
    private Duration tokenLifetime = Duration.ofSeconds(3599);
    private int window;
    private @Nullable Path trustStore;
    private boolean help;

    private SimulatorArguments() {}

    /**
     * @throws IllegalArgumentException with words for the user
     */
    static SimulatorArguments read(String... arguments) {
        SimulatorArguments read = new SimulatorArguments();
        Queue<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            read.option(rest.remove(), rest);
        }
        return read;
    }

    boolean help() {
        return help;
    }

    @Nullable Path trustStore() {
        return trustStore;
    }

    Simulator start() {
        Simulator simulator = builder.start();
        simulator.latency(leastLatency, mostLatency);
        simulator.loginLatency(loginLatency);
        simulator.window(window);
        simulator.tokenLifetime(tokenLifetime);
        return simulator;
    }

    private void option(String name, Queue<String> rest) {
        switch (name) {
            case "--help", "-h" -> help = true;
            case "--http" -> builder.http();
            case "--http-api" -> builder.httpApi();
            case "--any-order" -> builder.anyOrder();
            case "--api-port" -> builder.apiPort(number(name, rest.poll()));
            case "--login-port" -> builder.loginPort(number(name, rest.poll()));
            case "--orders" -> builder.orders(Path.of(value(name, rest.poll())));
            case "--latency" -> latency(value(name, rest.poll()).split("\\.\\.", 2));
            case "--login-latency" -> loginLatency = duration(name, value(name, rest.poll()));
            case "--window" -> window = number(name, rest.poll());
            case "--token-lifetime" -> tokenLifetime = duration(name, value(name, rest.poll()));
            case "--trust-store" -> trustStore = Path.of(value(name, rest.poll()));
            default ->
                    throw new IllegalArgumentException("Unknown option " + name + "; see --help");
        }
    }

    private void latency(String... bounds) {
        leastLatency = duration("--latency", bounds[0]);
        mostLatency = duration("--latency", bounds[bounds.length - 1]);
    }

    private static String value(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " wants a value");
        }
        return value;
    }

    private static int number(String name, @Nullable String value) {
        try {
            return Integer.parseInt(value(name, value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " wants a whole number, not " + value, e);
        }
    }

    private static Duration duration(String name, String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new IllegalArgumentException(name + " wants e.g. 50ms, 2s or 1h, not " + text);
        }
        long number = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
