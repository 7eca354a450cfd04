package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import org.jspecify.annotations.Nullable;

/** Why a run could not go on, in words. What it has done until then stays done. */
final class RedriveFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String remedy;
    private final boolean temporary;

    private RedriveFailure(String words, @Nullable String remedy, boolean temporary) {
        super(words);
        this.remedy = remedy;
        this.temporary = temporary;
    }

    /** The operator must act. */
    static RedriveFailure of(String words, String remedy) {
        return new RedriveFailure(words, remedy, false);
    }

    /**
     * A broker has refused something.
     *
     * @param what it is about, as the beginning of a sentence
     */
    static RedriveFailure of(String what, Refused refused) {
        boolean unanswered = refused.kind() == Refused.Kind.NO_ANSWER;
        return new RedriveFailure(
                what + ": " + refused.words() + ".", refused.remedy(), unanswered);
    }

    /** What is wrong and what to do. */
    String words() {
        return getMessage() + (remedy == null ? "" : " -> " + remedy);
    }

    /** Whether another run may succeed without a change. */
    boolean isTemporary() {
        return temporary;
    }
}
