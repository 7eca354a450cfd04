package io.github.orderlookup.cli.broker;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Waits for what a broker answers, and puts a refusal into words. */
public final class BrokerAnswer {
    public static final int TIMEOUT_MS = 10_000;

    private BrokerAnswer() {}

    /** No answer, or a refusal; the message holds nothing of ours. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /** What the refusal is about. */
        public enum Kind {
            MISSING,
            NOT_ALLOWED,
            /** Asking again may help. */
            NO_ANSWER,
            OTHER
        }

        private final Kind kind;
        private final String remedy;

        public Refused(Kind kind, String words, String remedy) {
            super(words);
            this.kind = kind;
            this.remedy = remedy;
        }

        public Kind kind() {
            return kind;
        }

        public String words() {
            return String.valueOf(getMessage());
        }

        public String remedy() {
            return remedy;
        }
    }

    /**
     * Waits for an answer of the brokers.
     *
     * @param asked null where a client has no answer of its own for what was asked
     */
    public static <T> T of(@Nullable KafkaFuture<T> asked) throws Refused {
        if (asked == null) {
            throw refused(null);
        }
        try {
            return asked.get(TIMEOUT_MS + 1_000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        } catch (TimeoutException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
    }

    /**
     * A topic, with what we may do to it.
     *
     * @throws Refused when there is none, or we may not see it
     */
    public static TopicDescription topic(Admin admin, String name) throws Refused {
        DescribeTopicsOptions options =
                new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(TIMEOUT_MS);
        return of(admin.describeTopics(List.of(name), options).topicNameValues().get(name));
    }

    /** What a failure of a client means, in words. */
    public static Refused refused(@Nullable Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new Refused(Refused.Kind.MISSING, "does not exist", "Create it.");
        }
        if (cause instanceof AuthorizationException) {
            return new Refused(
                    Refused.Kind.NOT_ALLOWED,
                    "is not shown to us",
                    "Let the operators of Kafka add it.");
        }
        if (cause instanceof SslAuthenticationException) {
            return new Refused(
                    Refused.Kind.OTHER,
                    "TLS with the brokers failed: one side does not trust the other's certificate",
                    "Check camel.component.kafka.ssl-truststore-* and ssl-keystore-*, and that the"
                            + " brokers' names are those of their certificates.");
        }
        if (cause instanceof AuthenticationException) {
            return new Refused(
                    Refused.Kind.OTHER,
                    "The brokers refuse our login",
                    "Check camel.component.kafka.sasl-jaas-config (user and password) and"
                            + " sasl-mechanism.");
        }
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException
                || cause instanceof TimeoutException) {
            return new Refused(
                    Refused.Kind.NO_ANSWER,
                    "No broker answered in " + TIMEOUT_MS / 1_000 + " s",
                    "Check camel.component.kafka.brokers and security-protocol, the network, and"
                            + " that the brokers' advertised.listeners can be reached from here.");
        }
        return new Refused(
                Refused.Kind.OTHER,
                "The broker answered with an error"
                        + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")"),
                "Look at the broker's log.");
    }
}
