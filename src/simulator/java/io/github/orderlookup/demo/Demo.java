package io.github.orderlookup.demo;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.simulator.Simulator;
import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Shows order-lookup at work: starts all it takes, asks a handful of times, checks what comes, and
 * then runs on for further requests. With {@code -Ddemo.once=true} it ends instead, with exit code
 * 1 if anything came that should not have.
 */
public final class Demo {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private final Services services = new Services();
    private final Table table = new Table(isOnATerminal());

    private Demo() {}

    public static void main(String[] arguments) {
        endWithParent();
        Demo demo = new Demo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo.services::close));
        try {
            System.exit(demo.run(Boolean.getBoolean("demo.once")));
        } catch (Exception e) {
            System.out.println("\nThe demo failed: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Maven may end without telling its children. */
    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
    }

    private int run(boolean once) throws IOException, InterruptedException {
        say("");
        say(table.title("order-lookup demo: all of it on this machine, nothing leaves it"));
        say("");
        try (Simulator simulator = services.startPartnerCenter()) {
            say("  simulated Partner Center  " + simulator.apiUrl());
            say("  its login host            " + simulator.loginUrl());
            String brokers = services.startBroker();
            say("  Kafka broker              " + brokers);
            ChildProcess application = services.startOrderLookup(simulator, brokers);
            say("  order-lookup              " + services.restOrigin());
            say("  its console               " + services.restOrigin() + "/console");
            say("  its log                   " + services.log());
            say("");
            int wrong = askAll(simulator, brokers);
            return once ? Math.min(wrong, 1) : runOn(application, brokers);
        }
    }

    /** Returns how many outcomes were not the expected ones. */
    private int askAll(Simulator simulator, String brokers)
            throws IOException, InterruptedException {
        RestCaller rest = new RestCaller(services.restOrigin());
        List<Asked> waiting = new ArrayList<>();
        int wrong = 0;
        say(table.header());
        try (KafkaCaller kafka = new KafkaCaller(brokers)) {
            for (Example example : Example.all()) {
                Asked asked = Asked.now(example);
                if (example.waits()) {
                    kafka.send(example, asked.id());
                    waiting.add(asked);
                } else {
                    Outcome came =
                            example.source() == Example.Source.REST
                                    ? rest.ask(example, asked.id())
                                    : kafka.ask(example, asked.id());
                    wrong += show(simulator, asked, came, System.nanoTime());
                }
            }
            for (Asked asked : waiting) {
                KafkaCaller.Arrived came = kafka.await(asked.id());
                wrong += show(simulator, asked, came.outcome(), came.nanos());
            }
        }
        say("");
        say(table.summary(Example.all().size(), wrong));
        return wrong;
    }

    /**
     * A request that was made.
     *
     * @param id its correlation id
     * @param nanos when, by {@link System#nanoTime}
     */
    private record Asked(Example example, String id, long nanos) {

        static Asked now(Example example) {
            return new Asked(example, UUID.randomUUID().toString(), System.nanoTime());
        }
    }

    /** Prints the row of an outcome that came at that moment; returns 1 for a wrong one, else 0. */
    private int show(Simulator simulator, Asked asked, Outcome came, long nanos) {
        Outcome outcome = came.withAttempts(calls(simulator, asked.id()));
        say(table.row(asked.example(), outcome, Duration.ofNanos(nanos - asked.nanos())));
        return outcome.equals(asked.example().expected()) ? 0 : 1;
    }

    private static int calls(Simulator simulator, String correlationId) {
        return simulator
                .apiLog()
                .matching(
                        call ->
                                call.header("MS-CorrelationId")
                                        .filter(correlationId::equals)
                                        .isPresent())
                .size();
    }

    private int runOn(ChildProcess application, String brokers) {
        say("");
        say(table.title("Your turn. It runs until Ctrl-C; copy these lines into another shell:"));
        say("");
        say(new Hints(services.restOrigin(), services.managementOrigin(), brokers).text());
        int code = application.awaitExit(AS_LONG_AS_IT_TAKES);
        if (!isEnding()) {
            say("order-lookup has ended with exit code " + code + ", see " + services.log());
        }
        return 1;
    }

    /** Whether this JVM is on its way out, as after Ctrl-C: then it takes no further hook. */
    private static boolean isEnding() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** From JDK 22 on there is a console without a terminal too. */
    private static boolean isOnATerminal() {
        Console console = System.console();
        if (console == null || System.getenv("NO_COLOR") != null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
