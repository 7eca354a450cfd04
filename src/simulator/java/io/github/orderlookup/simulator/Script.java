package io.github.orderlookup.simulator;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The answers that wait for requests to come. A request takes the first of: the queue of its
 * subject, the queue of all, the standing answer of its subject, the standing answer of all.
 * Thread-safe.
 */
final class Script {

    private final Map<String, Queue<ScriptedAnswer>> queues = new HashMap<>();
    private final Queue<ScriptedAnswer> queueOfAll = new ArrayDeque<>();
    private final Map<String, ScriptedAnswer> standing = new HashMap<>();
    private @Nullable ScriptedAnswer standingOfAll;

    synchronized void queue(String subject, List<ScriptedAnswer> answers) {
        queues.computeIfAbsent(subject, unused -> new ArrayDeque<>()).addAll(answers);
    }

    synchronized void queueForAll(List<ScriptedAnswer> answers) {
        queueOfAll.addAll(answers);
    }

    synchronized void always(String subject, ScriptedAnswer answer) {
        standing.put(subject, answer);
    }

    synchronized void alwaysForAll(ScriptedAnswer answer) {
        standingOfAll = answer;
    }

    synchronized void clear() {
        queues.clear();
        queueOfAll.clear();
        standing.clear();
        standingOfAll = null;
    }

    /** Takes the answer for a request that has just come; empty when nothing is scripted for it. */
    synchronized Optional<ScriptedAnswer> next(String subject) {
        ScriptedAnswer next = queued(subject);
        if (next == null) {
            next = queueOfAll.poll();
        }
        if (next == null) {
            next = standing.getOrDefault(subject, standingOfAll);
        }
        return Optional.ofNullable(next);
    }

    private @Nullable ScriptedAnswer queued(String subject) {
        Queue<ScriptedAnswer> queue = queues.get(subject);
        return queue == null ? null : queue.poll();
    }
}
