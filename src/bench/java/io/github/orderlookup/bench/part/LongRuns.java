package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.system.Stage;

/** The runs that take long: the request budget, a million records, several instances. */
public final class LongRuns {

    private final Parameters parameters;
    private final Stage stage;

    public LongRuns(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    public void run(Results results) throws Exception {
        if (parameters.parts().contains("scale-out")) {
            new ScaleOut(parameters, stage).run(results);
        }
        if (parameters.parts().contains("million")) {
            new Million(parameters, stage).run(results);
        }
        if (parameters.parts().contains("budget")) {
            new Budget(stage).run(results);
        }
    }
}
