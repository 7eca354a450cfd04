package io.github.orderlookup.cli;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.order.ResourceAttributes;
import io.github.orderlookup.text.VisibleText;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookup CUSTOMER ORDER}: one lookup, the Order or the problem as one line of JSON. */
@Command(
        name = "lookup",
        description = "Looks one order up and prints it as JSON.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The Order is on standard output.",
            "1:A problem is on standard error; asking again does not help.",
            "75:A problem is on standard error; asking again may help.",
            "64:The command line is wrong.",
            "78:The settings are wrong."
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LookupCommand implements Callable<Integer> {

    private final Application application;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(
            index = "0",
            paramLabel = "CUSTOMER",
            description = "The customer's tenant id, a GUID.")
    private String customerId = "";

    @Parameters(
            index = "1",
            paramLabel = "ORDER",
            description = "The order id: 1 to 64 characters of A-Z a-z 0-9 _ -.")
    private String orderId = "";

    @Option(names = "--help", usageHelp = true, description = "Shows this help and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    LookupCommand(Application application, PrintStream out, PrintStream err) {
        this.application = application;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            Order order = application.lookUp(new OrderLookupRequest(customerId, orderId));
            if (!isOrder(order)) {
                print(err, noOrder().toJson());
                return ExitCode.FAILED;
            }
            print(out, VisibleText.ofJson(OrderJson.bytes(order)));
            return ExitCode.OK;
        } catch (OrderLookupException e) {
            Problem problem = e.problem();
            print(err, problem.toJson());
            return problem.type().retryable() ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
        }
    }

    /** Whether there is anything in the document that only an Order has. */
    private static boolean isOrder(Order order) {
        return order.id().isPresent()
                || !order.lineItems().isEmpty()
                || order.attributes()
                        .flatMap(ResourceAttributes::objectType)
                        .filter("Order"::equals)
                        .isPresent();
    }

    private Problem noOrder() {
        return Problem.of(
                        ProblemType.INVALID_UPSTREAM_RESPONSE,
                        "The answer is a JSON object without an id, line items or the object type"
                                + " Order: check partner-center.api-url.")
                .withAttempts(1)
                .withIds(customerId, orderId);
    }

    private static void print(PrintStream stream, byte[] json) {
        stream.writeBytes(json);
        stream.println();
        stream.flush();
    }
}
