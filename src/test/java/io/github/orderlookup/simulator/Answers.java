package io.github.orderlookup.simulator;

import java.time.Duration;

/** The scripted answers, by name. */
public final class Answers {

    private Answers() {}

    /** The answer as if nothing were scripted. */
    public static ScriptedAnswer normal() {
        return call -> call.send(call.normal());
    }

    public static ScriptedAnswer reply(Reply reply) {
        return call -> call.send(reply);
    }

    /** Shape A, the front door's: with the headers of a Partner Center answer. */
    public static ScriptedAnswer apiFault(int status, String code) {
        return call -> call.send(PartnerCenterReply.fault(call.request(), status, code));
    }

    /** Shape C: HTTP 429 without any MS header. */
    public static ScriptedAnswer throttled(int retryAfterSeconds) {
        return reply(Throttled.reply(retryAfterSeconds));
    }

    /** Shape D, the token endpoint's, with the status and the words that belong to the number. */
    public static ScriptedAnswer aadsts(int number) {
        return call -> call.send(LoginFault.of(number).reply());
    }

    /** Shape G: nothing but a status. */
    public static ScriptedAnswer status(int status) {
        return reply(Reply.empty(status));
    }

    public static ScriptedAnswer delayed(Duration wait, ScriptedAnswer then) {
        return call -> call.after(wait, () -> then.play(call));
    }

    /** Never an answer; the connection stays open. */
    public static ScriptedAnswer hang() {
        return call -> {};
    }

    /** A TCP reset before the first byte. */
    public static ScriptedAnswer reset() {
        return Call::reset;
    }
}
