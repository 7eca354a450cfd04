package io.github.orderlookup.bench;

/** The runs that take long: the request budget, a million records, several instances. */
final class LongRuns {

    private final Parameters parameters;
    private final Stage stage;

    LongRuns(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    void run(Results results) throws Exception {
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
