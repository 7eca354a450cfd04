package io.github.orderlookup.simulation;

import io.github.orderlookup.kafka.tracking.SimulatedConsumer;
import io.github.orderlookup.kafka.tracking.SimulatedConsumer.Taken;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.partnercenter.SimulatedCalls;
import io.github.orderlookup.partnercenter.SimulatedCalls.Surroundings;
import io.github.orderlookup.simulation.Requests.Request;
import io.github.orderlookup.time.ManualTime;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * One story of the core in virtual time, chosen by a seed: requests over Kafka and REST, and
 * neighbours that fail in every way. While the faults last, each step checks that nothing is
 * committed over a gap, that bounds are kept and that nobody is called for who is gone; once they
 * stop, that all is answered and committed in a bounded time and nothing is held.
 */
final class Simulation {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE_FOR_ALL = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A caller that is gone at the very moment of the permit is still called for. */
    private static final Duration HANDING_OVER = Duration.ofMillis(50);

    private final SplittableRandom random;
    private final ManualTime time = new ManualTime();
    private final CamelContext context;
    private final Neighbours neighbours;
    private final Requests requests;
    private final SimulatedConsumer consumer;
    private final SimulatedCalls calls;
    private final int slots;
    private final int limit;
    private final int maxPending;
    private final int maxPollRecords;
    private final Duration deadline;
    private final long memoryShare = 500_000;

    private Duration wallStep = Duration.ZERO;
    private final Deque<Instant> starts = new ArrayDeque<>();
    private final List<Caller> callers = new ArrayList<>();
    private int unpublished;
    private @Nullable String violation;
    private int orders;

    /** A REST caller, and what it gets. */
    private static final class Caller {
        private final Lookup lookup;
        private final Instant arrived;
        private @Nullable Instant goneSince;
        private int answers;
        private @Nullable Exchange answer;

        private Caller(Lookup lookup, Instant arrived) {
            this.lookup = lookup;
            this.arrived = arrived;
        }
    }

    Simulation(long seed, CamelContext context) {
        this.random = new SplittableRandom(seed);
        this.context = context;
        neighbours = new Neighbours(random.split());
        slots = 1 + random.nextInt(8);
        limit = List.of(0, 60, 300, 500).get(random.nextInt(4));
        maxPending = List.of(20, 50, 100).get(random.nextInt(3));
        maxPollRecords = maxPending / 4;
        deadline = Duration.ofSeconds(random.nextBoolean() ? 20 : 120);
        requests = new Requests(1 + random.nextInt(3));
        consumer = new SimulatedConsumer(maxPending, maxPollRecords, time.clock());
        calls =
                new SimulatedCalls(
                        new Surroundings(
                                slots,
                                limit,
                                List.of(1, 3, 5).get(random.nextInt(3)),
                                deadline,
                                memoryShare,
                                time.clock(),
                                new Wall(),
                                this::execute,
                                time.timer(),
                                (where, thrown) -> {},
                                new Random(random.nextLong())),
                        this::token,
                        this::call);
    }

    /** Tells the whole story. */
    void run() {
        poll();
        int steps = 100 + random.nextInt(200);
        for (int step = 0; step < steps; step++) {
            act();
            time.advance(neighbours.moment(800));
            check();
        }
        neighbours.recover();
        for (int partition = 0; partition < requests.partitions(); partition++) {
            requests.assign(partition);
        }
        settle();
    }

    private void act() {
        switch (random.nextInt(40)) {
            case 0, 1, 2 -> neighbours.change(customer(), time.now());
            case 3 -> rebalance();
            case 4 -> recreateTopic();
            case 5 -> wallStep = Duration.ofHours(random.nextInt(3) - 1L);
            case 6, 7, 8 -> hangUp();
            case 9, 10, 11, 12, 13 -> ask(order());
            default -> append();
        }
    }

    private void append() {
        int several = 1 + random.nextInt(4);
        for (int i = 0; i < several; i++) {
            requests.append(random.nextInt(requests.partitions()), customer(), order());
        }
    }

    private String customer() {
        return "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a5" + random.nextInt(4);
    }

    private String order() {
        return "ooooolnb".charAt(random.nextInt(8)) + Integer.toString(random.nextInt(60));
    }

    private void recreateTopic() {
        if (random.nextInt(3) == 0) {
            requests.recreate();
            later(neighbours.moment(2_000), this::noticeTopic);
        }
    }

    private void noticeTopic() {
        if (requests.notice()) {
            consumer.startAnew(requests.partitions());
        }
    }

    /** Some partitions go to another instance, which gives them back after a while. */
    private void rebalance() {
        List<Integer> some = new ArrayList<>();
        for (int partition = 0; partition < requests.partitions(); partition++) {
            if (requests.isAssigned(partition) && random.nextBoolean()) {
                some.add(partition);
            }
        }
        consumer.forget(some);
        requests.revoke(some);
        for (int partition : some) {
            later(neighbours.moment(10_000), () -> requests.assign(partition));
        }
    }

    // ---- Kafka

    private void poll() {
        later(POLL, this::poll);
        consumer.commit(this::takeCommit);
        boolean outage = calls.health().outage().isPresent();
        boolean stop = unpublished > 0 || consumer.isFull();
        if (!stop && (!outage || calls.health().takesOneMore())) {
            for (Request request : requests.poll(outage ? 1 : maxPollRecords)) {
                handOver(request, consumer.take(request.partition, request.offset));
            }
        }
    }

    private boolean takeCommit(Map<Integer, Long> offsets) {
        if (neighbours.fails(10)) {
            return false;
        }
        offsets.forEach(requests::commit);
        return true;
    }

    private void handOver(Request request, Taken taken) {
        try {
            execute(() -> answer(request, taken));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            later(Duration.ofSeconds(1), () -> handOver(request, taken));
        }
    }

    private void answer(Request request, Taken taken) {
        if (taken.isAbandoned()) {
            taken.drop();
            return;
        }
        Lookup lookup = new Lookup(Source.KAFKA, null, time.now());
        Caller owner = new Caller(lookup, time.now());
        taken.onAbandoned(
                () -> {
                    owner.goneSince = time.now();
                    lookup.cancel();
                });
        run(
                lookup,
                owner,
                request.customer,
                request.order,
                exchange -> answered(exchange, lookup, request, taken));
    }

    private void answered(Exchange exchange, Lookup lookup, Request request, Taken taken) {
        if (!exchange.isRouteStop()) {
            publish(lookup, request, taken, 0);
            return;
        }
        lookup.release();
        if (!taken.isAbandoned()) {
            throw new AssertionError("Ended without an outcome: " + request);
        }
        taken.drop();
    }

    private void publish(Lookup lookup, Request request, Taken taken, int failures) {
        later(
                neighbours.moment(20),
                () -> {
                    unpublished -= failures > 0 ? 1 : 0;
                    if (neighbours.takesOutcome()) {
                        request.outcomes++;
                        taken.done();
                        lookup.release();
                    } else {
                        unpublished++;
                        long millis = Math.min(10_000, 250L << Math.min(failures, 6));
                        later(
                                Duration.ofMillis(millis),
                                () -> publish(lookup, request, taken, failures + 1));
                    }
                });
    }

    // ---- REST

    private void ask(String order) {
        Lookup lookup = new Lookup(Source.REST, null, time.now());
        Caller caller = new Caller(lookup, time.now());
        callers.add(caller);
        run(
                lookup,
                caller,
                customer(),
                order,
                exchange -> {
                    caller.answers++;
                    caller.answer = exchange;
                    lookup.release();
                });
    }

    private void hangUp() {
        callers.stream()
                .filter(caller -> caller.answers == 0 && caller.goneSince == null)
                .findFirst()
                .ifPresent(
                        caller -> {
                            caller.goneSince = time.now();
                            caller.lookup.cancel();
                        });
    }

    // ---- Partner Center and the login host

    private void run(
            Lookup lookup, Caller owner, String customer, String order, Consumer<Exchange> over) {
        Exchange exchange = new DefaultExchange(context);
        lookup.ask(new OrderLookupRequest(customer, order), null);
        exchange.setProperty(Lookup.PROPERTY, lookup);
        exchange.setProperty("owner", owner);
        calls.run(exchange, over);
    }

    private CompletableFuture<String> token() {
        return switch (neighbours.login()) {
            case WELL -> CompletableFuture.completedFuture("token");
            case DOWN -> CompletableFuture.failedFuture(SimulatedCalls.loginDown());
            case REFUSES -> CompletableFuture.failedFuture(SimulatedCalls.loginRefused());
            case HANGS -> {
                CompletableFuture<String> token = new CompletableFuture<>();
                later(neighbours.moment(3_000), () -> token.complete("token"));
                yield token;
            }
        };
    }

    private void call(Exchange exchange, Consumer<Throwable> answered) {
        Caller owner = exchange.getProperty("owner", Caller.class);
        if (owner.goneSince != null && owner.goneSince.plus(HANDING_OVER).isBefore(time.now())) {
            violation = "A call for a caller who is gone";
        }
        countCall();
        if (neighbours.fails(150)) {
            throw new IllegalStateException("injected");
        }
        if (neighbours.fails(150)) {
            throw new StackOverflowError("injected");
        }
        OrderLookupRequest asked = owner.lookup.request().orElseThrow();
        try {
            Neighbours.Answer answer =
                    neighbours.answer(asked.customerId(), asked.orderId(), time.now());
            later(
                    answer.after(),
                    () -> {
                        answer.into(exchange);
                        answered.accept(null);
                    });
        } catch (SocketTimeoutException e) {
            later(Neighbours.responseTimeout(), () -> answered.accept(e));
        } catch (IOException e) {
            later(neighbours.moment(300), () -> answered.accept(e));
        }
    }

    private void countCall() {
        Instant begin = time.now().minus(MINUTE);
        while (!starts.isEmpty() && !starts.element().isAfter(begin)) {
            starts.remove();
        }
        starts.add(time.now());
    }

    // ---- Time and threads

    private void later(Duration after, Runnable task) {
        time.timer().schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void execute(Runnable task) {
        if (neighbours.fails(200)) {
            throw new RejectedExecutionException("injected");
        }
        if (neighbours.fails(200)) {
            throw new OutOfMemoryError("injected: unable to create native thread");
        }
        later(neighbours.moment(5), task);
    }

    /** Jumps by an hour now and then. */
    private final class Wall extends Clock {
        @Override
        public Instant instant() {
            return time.now().plus(wallStep);
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    // ---- What must hold

    private void check() {
        require(violation == null, () -> String.valueOf(violation));
        require(calls.inFlight() <= slots, () -> calls.inFlight() + " calls, " + slots + " slots");
        require(
                consumer.pending() <= maxPending,
                () -> consumer.pending() + " requests are pending, at most " + maxPending);
        require(
                limit == 0 || starts.size() <= limit,
                () -> starts.size() + " calls in a minute, at most " + limit);
        for (Source source : Source.values()) {
            require(
                    calls.memoryHeld(source) <= memoryShare,
                    () -> "memory of " + source + ": " + calls.describe());
        }
        Instant now = time.now();
        Duration longest = deadline.plus(Neighbours.responseTimeout()).plusSeconds(1);
        for (Caller caller : callers) {
            require(caller.answers <= 1, () -> "answered " + caller.answers + " times");
            require(
                    caller.answers == 1 || caller.arrived.plus(longest).isAfter(now),
                    () -> "A caller waits since " + caller.arrived + "; " + calls.describe());
        }
    }

    private void settle() {
        // Each of four customers may hold up everyone for five minutes.
        Duration enough = Duration.ofMinutes(25);
        if (limit > 0) {
            enough = enough.plusSeconds(60L * 10 * requests.size() / limit);
        }
        Instant end = time.now().plus(enough);
        while (!isSettled() && time.now().isBefore(end)) {
            time.advance(Duration.ofSeconds(1));
            check();
        }
        require(
                isSettled(),
                () ->
                        "Not settled: %s; %s; unpublished %d; first of %d open: %s"
                                .formatted(
                                        calls.describe(),
                                        consumer.describe(),
                                        unpublished,
                                        requests.open().size(),
                                        requests.open().stream().limit(3).toList()));
        findOneMore();
    }

    private boolean isSettled() {
        return requests.isDone()
                && consumer.pending() == 0
                && calls.isIdle()
                && callers.stream().allMatch(caller -> caller.answers == 1);
    }

    /** Whatever was, the next lookup of a customer that is not throttled is found. */
    private void findOneMore() {
        time.advance(LONGEST_PAUSE_FOR_ALL);
        Lookup lookup = new Lookup(Source.REST, null, time.now());
        Caller caller = new Caller(lookup, time.now());
        run(
                lookup,
                caller,
                "5b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a50",
                "o-last",
                exchange -> {
                    caller.answers++;
                    caller.answer = exchange;
                    lookup.release();
                });
        time.advance(Duration.ofSeconds(30));
        require(
                caller.answer != null && caller.answer.getException() == null && calls.isIdle(),
                () ->
                        "The next lookup is not found: %s; %s"
                                .formatted(
                                        caller.answer == null ? null : caller.answer.getException(),
                                        calls.describe()));
    }

    private static void require(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }
}
