package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.Call;

/** What a request meets in place of its normal answer. See {@link Answers}. */
@FunctionalInterface
public interface ScriptedAnswer {

    /** Called on the event loop: must not block. */
    void play(Call call);
}
