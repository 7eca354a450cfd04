package io.github.orderlookup;

import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.partnercenter.AwaitLook;
import io.github.orderlookup.route.AnswerToCaller;
import io.github.orderlookup.route.DescribeProblem;
import io.github.orderlookup.route.OrderFormat;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.route.ValidateRequest;
import io.github.orderlookup.settle.Looks;
import org.apache.camel.Predicate;

/**
 * The beans of a lookup that all sources of requests share: the steps of a request, and those that
 * look at an order until it is settled.
 *
 * @param looks decides what follows a look
 * @param awaitLook holds the lookups whose next look is not due
 */
record LookupBeans(Looks looks, AwaitLook awaitLook) {

    static LookupBeans bind(Common common, Workers workers) {
        bindSteps(common);
        AwaitLook await =
                new AwaitLook(common.clock(), common.wall(), workers.threads(), workers.timer());
        Looks looks =
                new Looks(
                        common.host().lookSchedule(),
                        common.settings().lookup().settleTimeout(),
                        common.clock(),
                        common.wall());
        common.bind("order-lookup-begin-look", new Step(looks::begin));
        common.bind("order-lookup-await-look", await);
        common.bind("order-lookup-decide-look", new Step(looks::decide));
        common.bind("order-lookup-unsettled", (Predicate) looks::isUnsettled);
        common.bind("order-lookup-moving", (Predicate) looks::isMoving);
        common.measurement().add(meters -> meters.watch(await));
        return new LookupBeans(looks, await);
    }

    private static void bindSteps(Common common) {
        ValidateRequest validate =
                new ValidateRequest(
                        common.tracing(),
                        common.clock(),
                        common.wall(),
                        common.settings().kafka().waitingTopic() != null);
        DescribeProblem problems = new DescribeProblem();
        common.bind("order-lookup-validate-request", new Step(validate::open));
        common.bind("order-lookup-order-format", new OrderFormat());
        common.bind("order-lookup-verify-order", new Step(problems::check));
        common.bind("order-lookup-describe-problem", new Step(problems::describe));
        common.bind("order-lookup-answer-to-caller", new AnswerToCaller(common.meters()));
        common.bind("order-lookup-mapper", OrderJson.mapper());
    }
}
