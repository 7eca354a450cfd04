package io.github.orderlookup.chaos;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a service that polls Kafka, held by a debugger where it is about to poll. All other
 * threads go on, that of the consumer's heartbeat too: to the group it is a consumer that is alive
 * and does not get on.
 */
final class PollThread implements AutoCloseable {
    private static final String CONSUMER = "io.github.orderlookup.kafka.consumer.TrackingConsumer";
    private static final String POLL = "(Ljava/time/Duration;)";
    private static final long PATIENCE_MILLIS = 30_000;

    private final VirtualMachine machine;
    private @Nullable EventSet held;

    /** Attaches to a service that was started with the {@link #agent} for this port. */
    PollThread(int port) {
        AttachingConnector connector =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(known -> known.name().equals("com.sun.jdi.SocketAttach"))
                        .findFirst()
                        .orElseThrow();
        Map<String, Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        try {
            machine = connector.attach(arguments);
        } catch (IOException | IllegalConnectorArgumentsException e) {
            throw new IllegalStateException("The service cannot be debugged", e);
        }
    }

    /** The option of a JVM whose threads are to be held. */
    static String agent(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    /** Holds it; returns once it stands still. */
    void hold() {
        BreakpointRequest stop =
                machine.eventRequestManager().createBreakpointRequest(poll().location());
        stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        stop.addCountFilter(1);
        stop.enable();
        held = awaitBreakpoint();
    }

    /** Lets it go on. */
    void release() {
        if (held != null) {
            held.resume();
            held = null;
        }
    }

    private Method poll() {
        return machine.classesByName(CONSUMER).get(0).methodsByName("poll").stream()
                .filter(method -> method.signature().startsWith(POLL))
                .findFirst()
                .orElseThrow();
    }

    private EventSet awaitBreakpoint() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove(PATIENCE_MILLIS);
                if (events == null) {
                    throw new IllegalStateException("The service does not poll");
                }
                if (events.stream().anyMatch(BreakpointEvent.class::isInstance)) {
                    return events;
                }
                events.resume();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lets go of the service. */
    @Override
    public void close() {
        machine.dispose();
    }
}
