package io.github.orderlookup.broker;

import io.github.orderlookup.process.FreePort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with an authorizer. Everything is allowed at its usual port; at the guarded one, which
 * asks for a password, its one user may do what it was granted, which is nothing at first.
 */
public final class GuardedBroker implements AutoCloseable {
    public static final String PASSWORD = "password-of-the-tests";

    private static final String USER = "order-lookup";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final int guarded = FreePort.find();
    private final Broker broker;

    private GuardedBroker() {
        int port = FreePort.find();
        int controller = FreePort.find();
        broker =
                Broker.start(
                        port,
                        controller,
                        Map.of(
                                "listeners",
                                "PLAINTEXT://127.0.0.1:%d,GUARDED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(port, guarded, controller),
                                "listener.security.protocol.map",
                                "PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "listener.name.guarded.sasl.enabled.mechanisms",
                                "PLAIN",
                                "listener.name.guarded.plain.sasl.jaas.config",
                                "%s user_%s=\"%s\";".formatted(LOGIN, USER, PASSWORD),
                                "authorizer.class.name",
                                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "super.users",
                                "User:ANONYMOUS"));
    }

    public static GuardedBroker start() {
        return new GuardedBroker();
    }

    /** The broker, at the port where everything is allowed. */
    public Broker broker() {
        return broker;
    }

    /** What the user sets to connect at the guarded port. */
    public Map<String, String> settings(String password) {
        return Map.of(
                "camel.component.kafka.brokers",
                "127.0.0.1:" + guarded,
                "camel.component.kafka.security-protocol",
                "SASL_PLAINTEXT",
                "camel.component.kafka.sasl-mechanism",
                "PLAIN",
                "camel.component.kafka.sasl-jaas-config",
                "%s username=\"%s\" password=\"%s\";".formatted(LOGIN, USER, password));
    }

    public void grant(ResourceType type, String name, AclOperation right)
            throws ExecutionException, InterruptedException {
        var entry = new AccessControlEntry("User:" + USER, "*", right, AclPermissionType.ALLOW);
        var pattern = new ResourcePattern(type, name, PatternType.LITERAL);
        broker.admin().createAcls(List.of(new AclBinding(pattern, entry))).all().get();
    }

    /** Takes every right on it away. */
    public void revoke(ResourceType type, String name)
            throws ExecutionException, InterruptedException {
        var pattern = new ResourcePattern(type, name, PatternType.LITERAL);
        var everything = new AclBindingFilter(pattern.toFilter(), AccessControlEntryFilter.ANY);
        broker.admin().deleteAcls(List.of(everything)).all().get();
    }

    @Override
    public void close() {
        broker.close();
    }
}
