package io.github.orderlookup.reload;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZZ_Result;

/** A file has changed, and several threads look at it. */
public final class FileValueStress {

    private static final RewrittenFile FILE = new RewrittenFile();

    private FileValueStress() {}

    /** A value whose file has changed since it was read. */
    private static final class Changed {
        private final FileValue<String> value =
                new FileValue<>(
                        "secret",
                        "secret-file",
                        List.of(FILE.path()),
                        (contents, present) ->
                                new String(contents.get(0), StandardCharsets.US_ASCII));
        private final String old = value.value();

        Changed() {
            FILE.rewrite();
        }

        boolean isNew() {
            return !old.equals(value.value());
        }
    }

    @JCStressTest
    @Description("F3: the watch and a sign-in look at a changed file at once.")
    @Outcome(id = "true, true, false, true", expect = ACCEPTABLE, desc = "The first takes it.")
    @Outcome(id = "false, true, true, true", expect = ACCEPTABLE, desc = "The second takes it.")
    @Outcome(expect = FORBIDDEN, desc = "Taken twice, or the old value after a look.")
    @State
    public static class LookedAtOnce {
        private final Changed changed = new Changed();

        @Actor
        public void look(ZZZZ_Result result) {
            result.r1 = changed.value.lookNow();
            result.r2 = changed.isNew();
        }

        @Actor
        public void lookToo(ZZZZ_Result result) {
            result.r3 = changed.value.lookNow();
            result.r4 = changed.isNew();
        }
    }

    @JCStressTest(Mode.Termination)
    @Description("F3: a thread uses the value again and again while the file changes.")
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "It gets the new value.")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "It goes on with the old one.")
    @State
    public static class UsedMeanwhile {
        private final Changed changed = new Changed();

        @Actor
        public void use() {
            String old = changed.old;
            FileValue<String> value = changed.value;
            while (value.value() == old) {
                // The value is used.
            }
        }

        @Signal
        public void look() {
            changed.value.lookNow();
        }
    }
}
