package io.github.orderlookup.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The requests that came to one origin, oldest first; the newest 20,000 are kept. Thread-safe. */
public final class ReceivedLog {

    private static final int KEPT = 20_000;

    private final Deque<Received> requests = new ArrayDeque<>();
    private long count;

    synchronized void add(Received request) {
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        requests.addLast(request);
        count++;
    }

    public synchronized List<Received> all() {
        return List.copyOf(requests);
    }

    public List<Received> matching(Predicate<Received> wanted) {
        return all().stream().filter(wanted).toList();
    }

    /** The requests for this order, whichever its customer. */
    public List<Received> forOrder(String orderId) {
        return matching(request -> request.path().endsWith("/orders/" + orderId));
    }

    /** How many came since the last {@link #clear()}, kept or not. */
    public synchronized long count() {
        return count;
    }

    /** How many are kept. */
    public synchronized int size() {
        return requests.size();
    }

    public synchronized void clear() {
        requests.clear();
        count = 0;
    }
}
